package io.romancy.engine.seam;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The world as it is: the system's clock, platform threads for loops, virtual ones for runs. */
public final class SystemEnvironment implements Environment {
    private final RandomGenerator random = new CallersRandom();

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Fiber startLoop(String name, Runnable body) {
        return new ThreadFiber(Thread.ofPlatform().daemon().name(name).start(body));
    }

    @Override
    public Fiber startRun(String name, Runnable body) {
        return new ThreadFiber(Thread.ofVirtual().name(name).start(body));
    }

    @Override
    public Waiter newWaiter() {
        return new ParkingWaiter();
    }

    private record ThreadFiber(Thread thread) implements Fiber {
        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public boolean join(long atMostNanos) {
            try {
                return thread.join(Duration.ofNanos(Math.max(0, atMostNanos)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** The generator of whichever thread asks; a {@code ThreadLocalRandom} itself must not be shared. */
    private static final class CallersRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
