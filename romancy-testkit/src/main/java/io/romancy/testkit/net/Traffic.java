package io.romancy.testkit.net;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What may pass a proxy at this moment, and when. Thread-safe. */
final class Traffic {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Direction, Lane> lanes = new EnumMap<>(Direction.class);

    Traffic() {
        for (Direction direction : Direction.values()) {
            lanes.put(direction, new Lane());
        }
    }

    /** Lets this many more bytes pass in one direction, all connections together, and then none. */
    void stallAfter(Direction direction, long bytes) {
        change(() -> lane(direction).left = bytes);
    }

    void delay(Direction direction, Duration delay) {
        change(() -> lane(direction).delayNanos = delay.toNanos());
    }

    void heal() {
        change(() -> lanes.values().forEach(Lane::heal));
    }

    /** Lets everybody who waits look again whether its connection still stands. */
    void wake() {
        change(() -> {});
    }

    /** Waits until some of these bytes may pass, and says how many; zero if the connection ended meanwhile. */
    int await(Direction direction, int wanted, long arrived, BooleanSupplier stands) {
        lock.lock();
        try {
            Lane lane = lane(direction);
            while (stands.getAsBoolean()) {
                long early = arrived + lane.delayNanos - System.nanoTime();
                if (lane.left > 0 && early <= 0) {
                    return lane.take(wanted);
                }
                changed.awaitNanos(lane.left > 0 ? early : Long.MAX_VALUE);
            }
            return 0;
        } catch (InterruptedException e) {
            // Nobody interrupts these threads; whoever does ends the connection.
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Lane lane(Direction direction) {
        return Objects.requireNonNull(lanes.get(direction));
    }

    private static final class Lane {
        private long left = Long.MAX_VALUE;
        private long delayNanos;

        int take(int wanted) {
            if (left == Long.MAX_VALUE) {
                return wanted;
            }
            int taken = (int) Math.min(left, wanted);
            left -= taken;
            return taken;
        }

        void heal() {
            left = Long.MAX_VALUE;
            delayNanos = 0;
        }
    }
}
