package io.romancy.testkit.simulation;

import io.romancy.engine.seam.Fiber;
import org.jspecify.annotations.Nullable;

/** A thread of a simulation. It moves only with the baton of the scheduler. */
final class SimulatedFiber implements Fiber, Comparable<SimulatedFiber> {
    /** A parked virtual thread that holds a monitor blocks its carrier before Java 24. */
    private static final boolean LIGHT = Runtime.version().feature() >= 24;

    private final Scheduler scheduler;
    private final int number;
    private final String name;
    private final Runnable body;
    private final Thread thread;
    private final Baton baton = new Baton();
    private @Nullable SimulatedProcess process;
    private @Nullable SimulatedFiber joining;
    private boolean started;
    private boolean asleep;
    private boolean interrupted;
    private boolean orphaned;
    private boolean ended;
    private long wakeAt;

    /** For the scheduler, which chooses by it in some simulations. */
    int rank;

    SimulatedFiber(Scheduler scheduler, int number, String name, @Nullable SimulatedProcess process, Runnable body) {
        this.scheduler = scheduler;
        this.number = number;
        this.name = name;
        this.process = process;
        this.body = body;
        this.thread = LIGHT
                ? Thread.ofVirtual().name(name).unstarted(this::live)
                : Thread.ofPlatform().daemon().name(name).unstarted(this::live);
        if (process != null) {
            process.enter(this);
        }
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    Thread thread() {
        return thread;
    }

    boolean isMe() {
        return thread.equals(Thread.currentThread());
    }

    boolean hasEnded() {
        return ended;
    }

    /** The process in which it moves; null for one that nothing happens to. */
    @Nullable
    SimulatedProcess process() {
        return process;
    }

    /** Moves in this process from now on, as a request that it handles. */
    void visit(@Nullable SimulatedProcess host) {
        process = host;
    }

    /** Its process died under it: its next step is to hear of that. */
    void orphan() {
        orphaned = true;
        process = null;
    }

    // ---- for the scheduler

    void resume() {
        if (started) {
            baton.give();
        } else {
            started = true;
            thread.start();
        }
    }

    void standStill() {
        baton.take(Long.MAX_VALUE);
    }

    /** What happened to it while it stood. */
    void goesOn() {
        if (interrupted) {
            interrupted = false;
            thread.interrupt();
        }
        if (orphaned) {
            orphaned = false;
            throw new ProcessDied();
        }
    }

    boolean isAsleep() {
        return asleep;
    }

    long wakeAt() {
        return wakeAt;
    }

    void sleepUntil(long time) {
        asleep = true;
        wakeAt = time;
    }

    void awake() {
        asleep = false;
    }

    @Override
    public int compareTo(SimulatedFiber other) {
        int byTime = Long.compare(wakeAt, other.wakeAt);
        return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a thread is one of its kind
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }

    private void live() {
        @Nullable Throwable thrown = null;
        try {
            goesOn();
            body.run();
        } catch (Throwable e) {
            thrown = e;
        }
        ended = true;
        if (process != null) {
            process.leave(this);
        }
        if (joining != null) {
            scheduler.wake(joining);
        }
        if (thrown != null && !(thrown instanceof ProcessDied)) {
            scheduler.finish(thrown);
        } else {
            scheduler.ended(this);
        }
    }

    // ---- for the engine

    @Override
    public void interrupt() {
        if (ended) {
            return;
        }
        if (isMe()) {
            thread.interrupt();
        } else {
            interrupted = true;
            scheduler.wake(this);
        }
    }

    @Override
    public boolean join(long atMostNanos) {
        long end = scheduler.now() + Math.min(atMostNanos, Long.MAX_VALUE - scheduler.now());
        while (!ended && scheduler.now() < end) {
            joining = scheduler.current();
            scheduler.await(end - scheduler.now());
            joining = null;
        }
        return ended;
    }

    @Override
    public String toString() {
        return name + "#" + number;
    }
}
