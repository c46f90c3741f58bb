package io.romancy.micronaut;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look at the database for those who only want to know how it is: on a thread of its own, one at a time however many ask, and no more
 * often than its interval. Thread-safe.
 */
public final class DatabaseLook<T> {
    private final Supplier<T> look;
    private final long interval;
    private @Nullable CompletableFuture<T> newest;
    private long began;

    public DatabaseLook(Supplier<T> look, Duration interval) {
        this.look = look;
        this.interval = interval.toNanos();
    }

    /** The look that is under way, or the last one if it is young enough, or a new one. Never blocks; the answer may never come. */
    public CompletableFuture<T> ask() {
        CompletableFuture<T> begun;
        synchronized (this) {
            CompletableFuture<T> known = newest;
            if (known != null && (!known.isDone() || System.nanoTime() - began < interval)) {
                return known.copy();
            }
            begun = new CompletableFuture<>();
            newest = begun;
            began = System.nanoTime();
        }
        Thread.ofVirtual().name("romancy-look").start(() -> answer(begun));
        return begun.copy();
    }

    private void answer(CompletableFuture<T> answer) {
        try {
            answer.complete(look.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
