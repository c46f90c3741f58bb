package io.romancy.postgres;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps the items of a batch from failing each other. What a locked row stops is sent again without the locked ones, and then again; what
 * was taken for new, and is not, is sent again by the statement that looks, and again if somebody came between its look and its write;
 * what the server refuses is halved until the item at fault is alone with its error. So is what waits for somebody's id, which cannot be
 * passed by as a row can: each half hardly waits, and when the time is over what is left is refused for now. What the server gave up is
 * halved too, because less may be done in time; alone it is refused for now. An outage fails the batch as a whole: it is sent again by the
 * caller, and what took effect is recognised.
 */
final class Isolation<C> {
    /** How long a batch may meet locked rows before those items are refused for now: others are waiting for the connection. */
    private static final long PATIENCE = Duration.ofMillis(500).toNanos();

    /** How often somebody else may come between an item's look for duplicates and its write, before that is taken for its error. */
    private static final int MOST_RACES = 3;

    private final Database database;
    private final String what;
    private final Write<C> write;
    private final long deadline;
    private final Map<Item<C>, Integer> races = new HashMap<>();
    private boolean metLock;

    Isolation(Database database, String what, Write<C> write) {
        this.database = database;
        this.what = what;
        this.write = write;
        this.deadline = System.nanoTime() + PATIENCE;
    }

    /** Writes the items and answers each; those that a statement leaves unanswered met a locked row. */
    void run(List<Item<C>> items) {
        List<Item<C>> open = items;
        while (!open.isEmpty()) {
            attempt(open);
            open = open.stream().filter(item -> !item.isAnswered()).toList();
            if (System.nanoTime() - deadline > 0) { // only with a lock or after a race does anything stay open
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
            metLock |= SqlFailure.isLock(e);
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
            List<Item<C>> one = items.subList(0, middle);
            List<Item<C>> other = items.subList(middle, items.size());
            // by lot, so that what stays behind when the time is over is not always the same
            boolean swapped = ThreadLocalRandom.current().nextBoolean();
            half(swapped ? other : one);
            half(swapped ? one : other);
        } else if (!SqlFailure.isLock(e) && !isRace(items.getFirst(), e)) {
            items.getFirst().answer(new CommitResult.Refused(SqlFailure.of(what, e)));
        }
    }

    /** Whether what this item just looked for was not there yet, and then was: the next look finds it. */
    private boolean isRace(Item<C> item, SQLException e) {
        return SqlFailure.isDuplicate(e) && races.merge(item, 1, Integer::sum) <= MOST_RACES;
    }

    private void half(List<Item<C>> items) {
        if (!metLock) {
            attempt(items);
        } else if (System.nanoTime() - deadline <= 0) {
            carefully(items);
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
                what + ": its rows are locked by others. Somebody holds a transaction open on them, or changes a table;"
                        + " pg_stat_activity and pg_locks say who.",
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
