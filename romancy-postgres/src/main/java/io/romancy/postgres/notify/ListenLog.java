package io.romancy.postgres.notify;

import io.romancy.spi.notification.SourceState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads of the listener: each change once, and during a long outage one line a minute. */
final class ListenLog {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotificationSource.class);
    /** What most often keeps notifications from a session that looks healthy, and what to do about it. */
    static final String POOLER =
            "a pooler that shares connections between transactions looks like this. Set notifyUrl to the server's"
                    + " own address, past the pooler";

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private boolean established;
    private long lastLoss;
    private boolean degraded;
    private long lastDegraded;
    private boolean hasNoListen;

    ListenLog() {
        this(System::nanoTime);
    }

    ListenLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastLoss = nanoTime.getAsLong() - QUIET_NANOS;
        this.lastDegraded = lastLoss;
    }

    synchronized void changed(SourceState state, @Nullable String detail) {
        switch (state) {
            case LIVE -> {
                if (!established) {
                    LOG.info("PostgreSQL LISTEN/NOTIFY connection established");
                } else if (degraded) {
                    LOG.info("PostgreSQL LISTEN/NOTIFY notifications arrive again");
                }
                established = true;
                degraded = false;
                hasNoListen = false;
            }
            case DEGRADED -> degraded(detail);
            case CONNECTING, PROBING, DOWN, CLOSED -> {}
        }
    }

    /** The first loss, and then one a minute: while the server is away, each attempt fails like the one before. */
    synchronized void lost(String error, Duration delay) {
        long now = nanoTime.getAsLong();
        if (established || now - lastLoss >= QUIET_NANOS) {
            LOG.warn("LISTEN/NOTIFY connection lost, reconnecting error={} reconnect_delay={}", error, text(delay));
            established = false;
            lastLoss = now;
        } else {
            LOG.debug("LISTEN/NOTIFY connection lost, reconnecting error={} reconnect_delay={}", error, text(delay));
        }
    }

    /** Once, because nothing is lost: there was nothing to have. It is told anew if the database could be listened to in between. */
    synchronized void hasNoListen(String error, Duration delay) {
        if (!hasNoListen) {
            LOG.warn(
                    "This database has no LISTEN/NOTIFY: polling does the work. It is asked again now and then, because"
                            + " another server may take over; listenNotify=false ends that error={} reconnect_delay={}",
                    error,
                    text(delay));
            hasNoListen = true;
        } else {
            LOG.debug("This database still has no LISTEN/NOTIFY error={} reconnect_delay={}", error, text(delay));
        }
    }

    /** Once, and not twice within a minute: where echoes come late now and then, the state changes with each. */
    private void degraded(@Nullable String detail) {
        long now = nanoTime.getAsLong();
        if (!degraded && now - lastDegraded >= QUIET_NANOS) {
            LOG.warn("LISTEN/NOTIFY is connected, but notifications do not arrive; polling at full pace: {}", detail);
            degraded = true;
            lastDegraded = now;
        }
    }

    /** A span as it stands in our lines: whole seconds, or milliseconds. */
    static String text(Duration span) {
        return span.toMillisPart() == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }

    /** The error as it may stand in one line. Throws nothing: what is told with it must be told. */
    static String reason(Throwable e) {
        try {
            return text(e);
        } catch (Throwable unreadable) {
            return "\"an error that cannot be read\"";
        }
    }

    private static String text(Throwable e) {
        String message =
                e.getMessage() == null ? e.getClass().getName() : e.getMessage().replaceAll("\\s+", " ");
        return e instanceof SQLException sql && sql.getSQLState() != null
                ? "\"" + sql.getSQLState() + " " + message + "\""
                : "\"" + message + "\"";
    }
}
