package io.romancy.testkit.memory;

import io.romancy.spi.commit.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory, known in this process by its name. Engines reach it by {@link #url()}; opening an unknown name creates one, with
 * the system's clock, which is forgotten when the last storage on it is closed.
 *
 * <p>A test that wants its own clock, or a database that outlives its engines, creates it here and closes it at the end. Thread-safe.
 */
public final class MemoryDatabase implements AutoCloseable {
    private final String name;
    private final Tables tables;
    private final ReentrantLock lock = new ReentrantLock();
    private final Bells bells = new Bells();

    MemoryDatabase(String name, InstantSource clock) {
        this.name = name;
        this.tables = new Tables(clock);
    }

    /** Creates a database whose time is that of this clock; refused if the name is in use. */
    public static MemoryDatabase create(String name, InstantSource clock) {
        MemoryDatabase database = new MemoryDatabase(name, clock);
        DatabaseNames.SHARED.add(database);
        return database;
    }

    /** Where engines find it; {@code ?notify=true} behind it lets them have notifications. */
    public String url() {
        return MemoryUrl.PREFIX + name;
    }

    /** What time it is in here, by which rows are due. */
    public Instant now() {
        return alone(tables -> tables.clock.now());
    }

    /** All messages that were published and not purged, in the order of their numbers. */
    public List<PublishedMessage> published() {
        return alone(tables -> tables.mail.published());
    }

    /** Whether a message waits for its dispatch. */
    public boolean hasUndispatched() {
        return alone(tables -> tables.mail.hasUndispatched());
    }

    /** Whether an event of the outbox waits for its publisher. */
    public boolean hasPendingEvents() {
        return alone(tables -> tables.outbox.count(OutboxRow.State.PENDING, 1) > 0);
    }

    /** Ends a transaction of this database as a server does whose client died: nothing of it remains. */
    public void lose(Transaction transaction) {
        if (transaction instanceof MemoryTransaction open) {
            open.rollBack();
        }
    }

    /** Lets it go, as soon as no storage is open on it. */
    @Override
    public void close() {
        DatabaseNames.SHARED.release(this);
    }

    String name() {
        return name;
    }

    Bells bells() {
        return bells;
    }

    /** The one lock that decides every race: what happens in here is alone, and all of it or, if it throws first, nothing. */
    <T extends @Nullable Object> T alone(Function<Tables, T> work) {
        lock.lock();
        try {
            return work.apply(tables);
        } finally {
            lock.unlock();
        }
    }
}
