package io.romancy.testkit.fault;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Decides for each call whether it passes, waits or fails, and counts. */
final class CallRules {
    private static final int ALWAYS = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<StorageCall> held = EnumSet.noneOf(StorageCall.class);
    private final Map<StorageCall, Integer> failing = new EnumMap<>(StorageCall.class);
    private final Map<StorageCall, Integer> losing = new EnumMap<>(StorageCall.class);
    private final Map<StorageCall, Integer> breaking = new EnumMap<>(StorageCall.class);
    private final Map<StorageCall, Integer> made = new EnumMap<>(StorageCall.class);
    private final Map<StorageCall, Integer> waiting = new EnumMap<>(StorageCall.class);
    private final String whose;
    private int faults;
    private Life life = Life.ALIVE;

    CallRules(String whose) {
        this.whose = whose;
    }

    private enum Life {
        ALIVE,
        /** Nothing passes any more: the engine's own threads stand still, and those of others are told. */
        KILLED,
        /** Calls that wait end, without having passed. */
        BURIED
    }

    /** As if the process had been killed: from now on nothing passes, in neither direction, and nothing heals that. */
    void kill() {
        change(() -> life = Life.KILLED);
    }

    /** Lets the threads of a killed process end. */
    void bury() {
        change(() -> life = life == Life.KILLED ? Life.BURIED : life);
    }

    boolean isAlive() {
        lock.lock();
        try {
            return life == Life.ALIVE;
        } finally {
            lock.unlock();
        }
    }

    void thaw() {
        change(held::clear);
    }

    void hold(Set<StorageCall> calls) {
        change(() -> held.addAll(calls));
    }

    void fail(Set<StorageCall> calls, int times) {
        change(() -> calls.forEach(call -> failing.put(call, times)));
    }

    void failAlways(Set<StorageCall> calls) {
        fail(calls, ALWAYS);
    }

    void breakNext(StorageCall call, int times) {
        change(() -> breaking.put(call, times));
    }

    void loseAnswers(StorageCall call, int times) {
        change(() -> losing.put(call, times));
    }

    void heal() {
        change(() -> {
            held.clear();
            failing.clear();
            losing.clear();
            breaking.clear();
        });
    }

    /** Before the call reaches the storage. A call of a dead process never returns; a test that makes it would wait for ever. */
    void before(StorageCall call) {
        lock.lock();
        try {
            made.merge(call, 1, Integer::sum);
            await(call);
            if (isDue(failing, call)) {
                throw fault("never reached the storage", call);
            }
            if (isDue(breaking, call)) {
                count();
                throw new LinkageError("A defect on purpose: " + call);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(StorageCall call) {
        if (call == StorageCall.LEAVE && life == Life.KILLED) {
            life = Life.BURIED; // whoever gives the lease back is closing, and waits for the threads that stand still
            changed.signalAll();
        }
        waiting.merge(call, 1, Integer::sum);
        changed.signalAll();
        try {
            boolean engines = EngineThreads.isCurrent();
            while (isHeld(call) || (engines && life == Life.KILLED && !call.isInTransaction())) {
                if (engines) {
                    changed.awaitUninterruptibly();
                } else {
                    changed.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.STORAGE_FAILED,
                    whose + " stands still on purpose, and the thread that waited for " + call + " was interrupted",
                    e,
                    false);
        } finally {
            waiting.merge(call, -1, Integer::sum);
        }
        if (life != Life.ALIVE) {
            throw dead(call);
        }
    }

    private boolean isHeld(StorageCall call) {
        return life == Life.ALIVE && held.contains(call);
    }

    private StorageException dead(StorageCall call) {
        return new StorageException(
                ErrorCode.STORAGE_CLOSED,
                whose + " was killed on purpose, so that " + call
                        + " reaches no storage and no answer comes back. Call another worker.",
                null,
                false);
    }

    /** Fails if the process is dead, and waits for nothing. */
    void refuseDead(StorageCall call) {
        if (!isAlive()) {
            throw dead(call);
        }
    }

    /** Lets an engine's thread do nothing more if the process is dead, until it is buried. */
    void standStill() {
        lock.lock();
        try {
            while (life == Life.KILLED && EngineThreads.isCurrent()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** After the storage has answered. A call that is held now was on its way when the hold began: its answer waits too. */
    void after(StorageCall call) {
        lock.lock();
        try {
            await(call);
            if (isDue(losing, call)) {
                throw fault("took effect, but its answer was lost", call);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isDue(Map<StorageCall, Integer> rules, StorageCall call) {
        Integer times = rules.get(call);
        if (times == null || times == 0) {
            return false;
        }
        if (times > 0) {
            rules.put(call, times - 1);
        }
        return true;
    }

    private StorageException fault(String what, StorageCall call) {
        count();
        return new StorageException(ErrorCode.STORAGE_FAILED, "A fault on purpose: " + call + " " + what, null, true);
    }

    private void count() {
        faults++;
        changed.signalAll();
    }

    int made(StorageCall call) {
        lock.lock();
        try {
            return made.getOrDefault(call, 0);
        } finally {
            lock.unlock();
        }
    }

    int faults() {
        lock.lock();
        try {
            return faults;
        } finally {
            lock.unlock();
        }
    }

    void awaitFaults(int least, Duration atMost) {
        await("at least " + least + " faults", () -> faults >= least, atMost);
    }

    void awaitHeld(StorageCall call, Duration atMost) {
        await(call + " to be held", () -> held.contains(call) && waiting.getOrDefault(call, 0) > 0, atMost);
    }

    private void await(String what, BooleanSupplier condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Not within " + atMost + ": " + what + ". Faults so far: " + faults
                            + ", held: " + held + ", calls waiting: " + waiting + ", calls made: " + made);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what, e);
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
}
