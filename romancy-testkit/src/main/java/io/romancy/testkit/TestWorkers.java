package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.testkit.fault.Faults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The workers of a test, numbered from 0 in the order in which they were opened. */
public final class TestWorkers {
    private final Fleet fleet;

    TestWorkers(Fleet fleet) {
        this.fleet = fleet;
    }

    /** How many there are, the dead included. */
    public int count() {
        return fleet.size();
    }

    /** One of them. */
    public Romancy get(int worker) {
        return fleet.get(worker).romancy();
    }

    /** What goes wrong between one of them and the storage, call by call. */
    public Faults faults(int worker) {
        return fleet.get(worker).faults;
    }

    /**
     * Opens one more, as when a process starts; returns its number. Beside {@code @MicronautTest} it has the configuration and the beans of
     * the application, and ends with the test.
     */
    public int add() {
        return fleet.add();
    }

    /** Stops one in good order: it hands its work over. A paused one goes on for that; of a dead one only the threads end. */
    public void stop(int worker) {
        fleet.get(worker).stop();
    }

    /**
     * Lets one die like a process: it hands nothing over, and nothing that it does from now on reaches the database. The body of a step that
     * it is in goes on all the same, because no thread can be stopped; its outcome does not count. Others take its work over when its lease
     * ends, within some 4 s. What the test itself asks the dead one fails and says so; but {@code result} of a handle that it
     * had from it before waits until its time is over.
     */
    public void kill(int worker) {
        fleet.get(worker).faults.kill();
    }

    /** Lets the next worker die that comes to this moment, before it. */
    public CrashPoint killBefore(Moment moment) {
        return what -> fleet.crashes().arm(new Crash(moment, true, what));
    }

    /** Lets the next worker die that comes to this moment, after it took effect and before the worker hears of it. */
    public CrashPoint killAfter(Moment moment) {
        return what -> fleet.crashes().arm(new Crash(moment, false, what));
    }

    /** The second half of a crash point: which commit, notification or step. */
    @FunctionalInterface
    public interface CrashPoint {
        /** The name, as the {@link Moment} says. */
        Crash of(String what);
    }

    /** Lets one stand still, as a process that the machine forgot: nothing reaches it, nothing comes from it. */
    public void pause(int worker) {
        fleet.get(worker).pause();
    }

    /** The same for so long, by the real clock; beyond 3 s it loses its lease. Returns at once. */
    public void pause(int worker, Duration time) {
        Member member = fleet.get(worker);
        int pause = member.pause();
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS).execute(() -> member.resume(pause));
    }

    /** Lets a paused one go on, as if nothing had happened. */
    public void resume(int worker) {
        fleet.get(worker).resume();
    }

    /**
     * Lets the lease of a dead or paused worker end now, instead of in some seconds: what it ran is ready for others, and what it still
     * writes is refused.
     */
    public void endLease(int worker) {
        fleet.endLease(fleet.get(worker));
    }
}
