package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** LISTEN and NOTIFY of one PostgreSQL database as a source of hints. */
public final class PostgresNotificationSource implements NotificationSource {
    private final DataSource listening;
    private final String prefix;
    private final ListenTiming timing;
    private final Sender sender;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * A source that is not connected yet.
     *
     * @param listening connections that really listen: not those of a pooler that shares them between transactions
     * @param sending connections for everything else
     * @param prefix the prefix of the engine's channels; the echo's channel begins with it
     */
    public PostgresNotificationSource(DataSource listening, DataSource sending, String prefix, ListenTiming timing) {
        this.listening = listening;
        this.prefix = prefix;
        this.timing = timing;
        this.sender = new Sender(sending, timing.sendTimeout());
    }

    @Override
    public String description() {
        return "PostgreSQL LISTEN/NOTIFY";
    }

    @Override
    public void start(Set<String> channels, NotificationSink sink) {
        String echo =
                prefix + "echo_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Set<String> all = new LinkedHashSet<>(channels);
        all.add(echo);
        var started = new Listener(listening, sender, all, echo, sink, timing);
        if (!listener.compareAndSet(null, started)) {
            throw new IllegalStateException("a notification source is started once");
        }
        if (closed) {
            started.close();
        } else {
            started.start();
        }
    }

    @Override
    public void send(List<Notification> notifications) {
        sender.send(notifications);
    }

    @Override
    public SourceState state() {
        Listener started = listener.get();
        if (closed) {
            return SourceState.CLOSED;
        }
        return started == null ? SourceState.CONNECTING : started.state();
    }

    @Override
    public SourceStats stats() {
        Listener started = listener.get();
        return started == null ? SourceStats.NONE : started.stats();
    }

    @Override
    public void close() {
        closed = true;
        sender.close();
        Listener started = listener.get();
        if (started != null) {
            started.close();
        }
    }
}
