package io.romancy.examples.orders.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The folder of one run. One process has it at a time; the lock is the operating system's and dies with its process. */
final class Home implements AutoCloseable {
    private static final String LOCK = "lock";

    /** A process that lost its parent needs a moment to notice. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path folder;
    private final FileChannel lock;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the folder, and makes it if it is not there. */
    static Home take(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lock.tryLock() == null) {
            if (System.nanoTime() > deadline) {
                lock.close();
                throw new IllegalArgumentException(
                        folder + " is in use by another process. End that one first, or take another --dir.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return new Home(folder, lock);
    }

    /** Deletes everything in it. */
    void clear() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
