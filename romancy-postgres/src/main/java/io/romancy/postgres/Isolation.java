package io.romancy.postgres;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the items of a batch from failing each other. What a locked row stops is sent again without the locked ones, and then again; what
 * was taken for new, and is not, is sent again by the statement that looks; what the server refuses is halved until the item at fault is
 * alone with its error. An outage fails the batch as a whole: it is sent again by the caller, and what took effect is recognised.
 */
final class Isolation<C> {
    /** For rows that only the engine's own short statements lock. */
    static final Duration OWN_ROWS = Duration.ofSeconds(30);

    /** For rows that a transaction of the application may lock for as long as it is open. */
    static final Duration SHARED_ROWS = Duration.ofSeconds(5);

    private final Database database;
    private final String what;
    private final Write<C> write;
    private final Duration patience;
    private final long deadline;

    /** A batch whose items may meet locked rows for this long, before their callers hear of it. */
    Isolation(Database database, String what, Duration patience, Write<C> write) {
        this.database = database;
        this.what = what;
        this.write = write;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Writes the items and answers each; those that a statement leaves unanswered met a locked row. */
    void run(List<Item<C>> items) {
        List<Item<C>> open = items;
        while (!open.isEmpty()) {
            attempt(open);
            open = open.stream().filter(item -> !item.isAnswered()).toList();
            if (System.nanoTime() - deadline > 0) {
                open.forEach(item -> item.answer(new CommitResult.Refused(busy())));
            }
        }
    }

    private void attempt(List<Item<C>> items) {
        try {
            write(items, false);
        } catch (SQLException e) {
            if (SqlFailure.isOutage(e)) {
                throw SqlFailure.of(what, e);
            }
            if (SqlFailure.isLock(e) || SqlFailure.isDuplicate(e)) {
                carefully(items);
            } else {
                halve(items, e);
            }
        }
    }

    /** Whoever waited in vain is left out, and nothing is taken for new; each round waits again first, because skipping at once only spins. */
    private void carefully(List<Item<C>> items) {
        try {
            write(items, true);
        } catch (SQLException e) {
            if (SqlFailure.isOutage(e)) {
                throw SqlFailure.of(what, e);
            }
            halve(items, e);
        }
    }

    private void halve(List<Item<C>> items, SQLException e) {
        if (items.size() > 1) {
            int middle = items.size() / 2;
            attempt(items.subList(0, middle));
            attempt(items.subList(middle, items.size()));
        } else if (!SqlFailure.isLock(e)) {
            items.getFirst().answer(new CommitResult.Refused(SqlFailure.of(what, e)));
        }
    }

    private void write(List<Item<C>> items, boolean carefully) throws SQLException {
        database.callRaw(connection -> {
            write.write(connection, items, carefully);
            return true;
        });
    }

    private StorageException busy() {
        return new StorageException(
                ErrorCode.STORAGE_BUSY,
                what + ": its rows were locked for " + patience.toSeconds()
                        + " s. Somebody holds a transaction open on them; pg_stat_activity and pg_locks say who.",
                null,
                true);
    }

    /**
     * One statement for a list of items; answers those that it decided. A careful one passes locked rows by, and looks for duplicates where
     * the first one may fail at them.
     */
    @FunctionalInterface
    interface Write<C> {
        void write(Connection connection, List<Item<C>> items, boolean careful) throws SQLException;
    }
}
