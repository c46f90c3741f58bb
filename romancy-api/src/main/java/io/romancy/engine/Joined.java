package io.romancy.engine;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/** The transaction of the calling thread, which starts and messages join. */
@SuppressWarnings("ThreadLocalUsage") // one for each engine: two engines in one process have two databases
final class Joined {
    private final Storage storage;
    private final Surroundings surroundings;
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    Joined(Storage storage, Surroundings surroundings) {
        this.storage = storage;
        this.surroundings = surroundings;
    }

    /** What we opened ourselves comes first: it is the inner one. */
    @Nullable
    Transaction current() {
        Transaction ours = current.get();
        return ours != null ? ours : surroundings.transaction();
    }

    /** Runs the work in a new transaction, or in the one that surrounds it. */
    <T extends @Nullable Object> T run(TransactionWork<T> work) throws Exception {
        Transaction outer = current();
        if (outer != null) {
            return work.run(outer);
        }
        return storage.inTransaction(transaction -> {
            current.set(transaction);
            try {
                return work.run(transaction);
            } finally {
                current.remove();
            }
        });
    }

    /** Refuses what would wait for its own transaction, or cannot be undone by it. */
    void refuse(String call, String reason) {
        if (current() != null) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    call + " was called inside a transaction: " + reason + ". Call it after the commit.");
        }
    }
}
