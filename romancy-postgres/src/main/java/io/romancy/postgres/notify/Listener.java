package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session listening: one thread reads and reconnects, one watches it, one sends echoes, one calls the sink. The watch exists
 * because a reader can be blocked where no timeout reaches, in the middle of a message that never ends; so it waits for nobody itself, also
 * not for the way on which echoes are sent.
 */
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final DataSource source;
    private final Set<String> channels;
    private final ListenTiming timing;
    private final SinkQueue sink;
    private final Echo echo;
    private final ListenLog log;
    private final Backoff backoff;
    private final Thread reader;
    private final Thread watch;
    private final Thread echoes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ListenState state = new ListenState();
    private @Nullable ListenSession session;
    private long lastTurn;
    private long liveSince;
    private long connects;
    private long losses;

    Listener(
            DataSource source,
            Sender sender,
            Set<String> channels,
            String echoChannel,
            NotificationSink sink,
            ListenTiming timing) {
        this.source = source;
        this.channels = channels;
        this.timing = timing;
        this.sink = new SinkQueue(sink, "romancy-notifications");
        this.echo = new Echo(sender::send, echoChannel, timing, System::nanoTime);
        this.log = new ListenLog();
        this.backoff = new Backoff(timing.firstDelay(), timing.maxDelay(), ThreadLocalRandom.current());
        this.reader = Thread.ofPlatform().daemon().name("romancy-listen").unstarted(() -> Turns.take(this::read));
        this.watch = Thread.ofPlatform().daemon().name("romancy-listen-watch").unstarted(() -> Turns.take(this::watch));
        this.echoes =
                Thread.ofPlatform().daemon().name("romancy-listen-echo").unstarted(() -> Turns.take(this::sendEchoes));
    }

    void start() {
        sink.start();
        reader.start();
        watch.start();
        echoes.start();
    }

    SourceState state() {
        lock.lock();
        try {
            return state.state();
        } finally {
            lock.unlock();
        }
    }

    SourceStats stats() {
        lock.lock();
        try {
            return new SourceStats(connects, losses, echo.sent(), echo.heardCount(), echo.latency());
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the connection, which frees the reader, and waits for the threads, a few seconds at most. */
    @Override
    public void close() {
        tell(state::closed);
        cut();
        Threads.join(reader, Duration.ofSeconds(2));
        watch.interrupt();
        echoes.interrupt();
        Threads.join(watch, Duration.ofSeconds(1));
        Threads.join(echoes, Duration.ofSeconds(1));
        sink.close();
    }

    // ---- the reader

    /** One session, from the attempt to its loss and the pause after it. As every turn, it returns false for the last one. */
    private boolean read() {
        if (isClosed()) {
            return false;
        }
        tell(state::connecting);
        try {
            listen();
        } catch (Throwable e) { // an Error too: a session that ended without a word would look LIVE
            if (!isClosed()) {
                lost(e);
            }
        }
        return true;
    }

    private void listen() throws SQLException {
        try (ListenSession open = ListenSession.open(source, channels, timing.echoTimeout())) {
            echo.begin();
            if (enter(open)) {
                tell(state::connected);
                readUntilLost(open);
            }
        } finally {
            leave(); // before the pause that follows a loss, in which there is nothing to watch
        }
    }

    private void readUntilLost(ListenSession open) throws SQLException {
        long beat = System.nanoTime();
        while (!isClosed()) {
            for (PGNotification notification : open.await(timing.heartbeat())) {
                arrived(notification);
            }
            long now = System.nanoTime();
            if (now - beat >= timing.heartbeat().toNanos()) {
                if (open.heartbeat() == ListenSession.Heartbeat.SHARED) {
                    shared();
                }
                beat = now;
            }
            turned();
        }
    }

    private void arrived(PGNotification notification) {
        if (!echo.isEcho(notification.getName())) {
            sink.received(new Notification(notification.getName(), notification.getParameter()));
        } else if (echo.heard(notification.getParameter())) {
            tell(state::heard);
        }
    }

    /** Whatever arrives now and then does so by chance: while somebody else answers, this session is no proof of anything. */
    private void shared() {
        echo.distrust();
        String detail = "another session of the server answers: " + ListenLog.POOLER;
        tell(() -> state.silent(detail));
        remind(detail);
    }

    private void lost(Throwable e) {
        boolean hasNoListen = e instanceof SQLFeatureNotSupportedException;
        Duration delay = countLoss(hasNoListen);
        String error = ListenLog.reason(e);
        tell(() -> state.lost(error)); // first: what else there is to do may fail
        Turns.log(() -> {
            if (hasNoListen) {
                log.hasNoListen(error, delay);
            } else {
                log.lost(error, delay);
            }
        });
        pause(delay);
    }

    /** How long to wait before the next attempt. */
    private Duration countLoss(boolean hasNoListen) {
        lock.lock();
        try {
            losses++;
            resetBackoffIfHeld();
            return hasNoListen ? backoff.longest() : backoff.next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One success proves little: a server that accepts and dies at once must not be asked ten times a second. Called, with the lock, at the
     * end of every LIVE, which may come by silence before the connection is lost.
     */
    private void resetBackoffIfHeld() {
        if (state.state() == SourceState.LIVE
                && System.nanoTime() - liveSince >= timing.hold().toNanos()) {
            backoff.reset();
        }
    }

    /** False if the listener was closed while the session was opened. */
    private boolean enter(ListenSession open) {
        lock.lock();
        try {
            session = open;
            connects++;
            lastTurn = System.nanoTime();
            changed.signalAll();
            return state.state() != SourceState.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            session = null;
        } finally {
            lock.unlock();
        }
    }

    private void turned() {
        lock.lock();
        try {
            lastTurn = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    // ---- the watch

    private boolean watch() {
        if (!awaitSession()) {
            return false;
        }
        cutIfStalled();
        String silence = echo.overdue();
        if (silence != null) {
            // Asked again under the lock: an echo that the reader heard just now has the last word.
            tell(() -> echo.overdue() == null ? null : state.silent(silence));
            remind(silence);
        }
        pause(echo.step());
        return true;
    }

    /** A state is told once, when it begins: a line that was too much then may be due later. */
    private void remind(String detail) {
        if (state() == SourceState.DEGRADED) {
            Turns.log(() -> log.changed(SourceState.DEGRADED, detail));
        }
    }

    /** On a thread of its own, because a send may take as long as the way to the server likes. */
    private boolean sendEchoes() {
        if (!awaitSession()) {
            return false;
        }
        echo.sendIfDue(state() == SourceState.PROBING);
        pause(echo.step());
        return true;
    }

    /** Waits until there is something to watch; false at the end. */
    private boolean awaitSession() {
        lock.lock();
        try {
            while (session == null && state.state() != SourceState.CLOSED) {
                changed.awaitUninterruptibly();
            }
            return state.state() != SourceState.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private void cutIfStalled() {
        boolean stalled;
        lock.lock();
        try {
            stalled = session != null
                    && System.nanoTime() - lastTurn > timing.stall().toNanos();
        } finally {
            lock.unlock();
        }
        if (stalled) {
            cut();
            LOG.debug("The listening connection made no progress for {}; it was cut", timing.stall());
        }
    }

    private void cut() {
        ListenSession open;
        lock.lock();
        try {
            open = session;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.abort();
        }
    }

    // ---- both

    private boolean isClosed() {
        return state() == SourceState.CLOSED;
    }

    /** Ends early when the listener is closed. */
    private void pause(Duration span) {
        lock.lock();
        try {
            long left = span.toNanos();
            while (left > 0 && state.state() != SourceState.CLOSED) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Only close interrupts, and every loop looks at the state next.
            LOG.debug("Interrupted while pausing", e);
        } finally {
            lock.unlock();
        }
    }

    /** Changes the state and tells, under one lock, so that the sink hears of changes in their order. */
    private void tell(Change change) {
        ListenState.Told told = toldToSink(change);
        if (told != null) {
            Turns.log(() -> log.changed(told.state(), told.detail()));
        }
    }

    private ListenState.@Nullable Told toldToSink(Change change) {
        lock.lock();
        try {
            resetBackoffIfHeld();
            var told = change.apply();
            if (told == null) {
                return null;
            }
            if (told.state() == SourceState.LIVE) {
                liveSince = System.nanoTime();
            }
            if (told.gap() != null) {
                sink.gap(told.gap());
            }
            sink.stateChanged(told.state(), told.detail());
            changed.signalAll();
            return told;
        } finally {
            lock.unlock();
        }
    }

    /** One event of the state machine. */
    @FunctionalInterface
    private interface Change {
        ListenState.@Nullable Told apply();
    }
}
