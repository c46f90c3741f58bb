package io.romancy.engine.seam;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A world in which time passes when the test says so, chance repeats by its seed, and no thread runs: steps are taken by hand. */
public final class ManualEnvironment implements Environment {
    private final RandomGenerator random;
    private final List<String> started = new ArrayList<>();
    private long now;
    private int wakes;

    public ManualEnvironment(long seed) {
        this(seed, 0);
    }

    /** Begins at this time, because {@code nanoTime} may be anything and overflows. */
    public ManualEnvironment(long seed, long start) {
        this.random = new Random(seed);
        this.now = start;
    }

    public void pass(Duration span) {
        now += span.toNanos();
    }

    public void passNanos(long nanos) {
        now += nanos;
    }

    /** The loops that would have been started. */
    public List<String> started() {
        return started;
    }

    /** How often any loop was woken. */
    public int wakes() {
        return wakes;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Fiber startLoop(String name, Runnable body) {
        started.add(name);
        return new Ended();
    }

    @Override
    public Fiber startRun(String name, Runnable body) {
        return startLoop(name, body);
    }

    @Override
    public Waiter newWaiter() {
        return new Counting();
    }

    private static final class Ended implements Fiber {
        @Override
        public void interrupt() {}

        @Override
        public boolean join(long atMostNanos) {
            return true;
        }
    }

    private final class Counting implements Waiter {
        @Override
        public boolean await(long atMostNanos) {
            throw new AssertionError("nothing waits here, steps are taken by hand");
        }

        @Override
        public boolean awaitUninterruptibly(long atMostNanos) {
            throw new AssertionError("nothing waits here, steps are taken by hand");
        }

        @Override
        public void wake() {
            wakes++;
        }
    }
}
