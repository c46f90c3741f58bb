package io.romancy.sqlite;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for each file, for all storages that this process has open on it. Without it, several workers of one process would meet only in
 * SQLite's own waiting, which is a retry with growing pauses and has no order.
 */
final class WriteLocks {
    static final WriteLocks OF_PROCESS = new WriteLocks();

    private final ConcurrentHashMap<Path, Shared> locks = new ConcurrentHashMap<>();

    /** The lock of a file, and how many storages hold it. */
    private record Shared(ReentrantLock lock, int users) {}

    ReentrantLock acquire(Path file) {
        return locks.compute(
                        file,
                        (path, shared) -> shared == null
                                ? new Shared(new ReentrantLock(true), 1)
                                : new Shared(shared.lock(), shared.users() + 1))
                .lock();
    }

    /** Forgets the lock when its last storage is closed. */
    void release(Path file) {
        locks.computeIfPresent(
                file, (path, shared) -> shared.users() == 1 ? null : new Shared(shared.lock(), shared.users() - 1));
    }
}
