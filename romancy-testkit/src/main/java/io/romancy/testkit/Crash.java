package io.romancy.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/** A point at which the first worker that comes there dies, once. Thread-safe. */
public final class Crash {
    private static final Pattern OCCURRENCE = Pattern.compile("[:_][0-9]+");

    private final Moment moment;
    private final boolean before;
    private final String what;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Integer> victim = new CompletableFuture<>();

    Crash(Moment moment, boolean before, String what) {
        this.moment = moment;
        this.before = before;
        this.what = what;
    }

    /** Waits until it has happened, and returns which worker it was. */
    public int await(Duration atMost) {
        try {
            return victim.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionFailedError("Not within " + atMost + ": a worker that dies " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("Interrupted while waiting for a worker that dies " + this, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAt(Moment here, boolean beforeIt) {
        return moment == here && before == beforeIt && !claimed.get();
    }

    /** Whether an operation, with its occurrence or without, is the one that is meant. */
    boolean isOf(String operation) {
        return operation.equals(what)
                || (operation.startsWith(what)
                        && OCCURRENCE
                                .matcher(operation.substring(what.length()))
                                .matches());
    }

    boolean isOfChannel(String fullName) {
        return fullName.endsWith(what);
    }

    /** Takes this point for one worker; false for every other that comes there. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** This worker died here. */
    void strikes(int worker) {
        victim.complete(worker);
    }

    @Override
    public String toString() {
        return (before ? "before" : "after") + " the " + moment + " of '" + what + "'";
    }
}
