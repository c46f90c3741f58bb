package io.romancy.testkit.thirdparty;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** One database: the last committed content, and the lock of whoever writes the next. Forgotten when its last storage closes. */
final class Slate {
    private final ReentrantLock writer = new ReentrantLock();
    private volatile Content committed = new Content();
    private int storages;

    /** Reads what is committed, while others write. */
    Content read() {
        return committed;
    }

    /** Writes alone: on a copy, which nobody sees if the work fails. */
    <T> T write(Function<Content, T> work) {
        if (writer.isHeldByCurrentThread()) {
            throw new StorageException(
                    ErrorCode.STORAGE_BUSY,
                    "This thread has a transaction open, and there is one writer at a time. Write in the transaction, or after it.",
                    null,
                    true);
        }
        begin();
        try {
            Content next = committed.copy();
            T result = work.apply(next);
            committed = next;
            return result;
        } finally {
            end();
        }
    }

    /** Keeps every other writer out until the end. */
    void begin() {
        writer.lock();
    }

    void publish(Content next) {
        committed = next;
    }

    void end() {
        writer.unlock();
    }

    synchronized void opened() {
        storages++;
    }

    synchronized void closed() {
        storages--;
        if (storages == 0) {
            committed = new Content();
        }
    }
}
