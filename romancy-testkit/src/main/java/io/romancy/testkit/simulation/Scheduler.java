package io.romancy.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of a simulation move at a time, and decides by the seed which. Whoever moves holds the baton, and hands it over where it
 * waits or where it stops for a moment; in between nobody interferes. The clock is virtual: while somebody can move it stands, and when
 * nobody can it jumps to the next moment for which somebody waits.
 *
 * <p>Nothing in here is locked: the baton guards all of it.
 */
final class Scheduler {
    /** More than any scenario needs: whoever takes as many is going round in circles. */
    private static final long MOST_DECISIONS = 500_000;

    private final SplittableRandom dice;
    private final Choice choice;
    private final List<SimulatedFiber> ready = new ArrayList<>();
    private final PriorityQueue<SimulatedFiber> asleep = new PriorityQueue<>();
    private final Set<SimulatedFiber> free = new LinkedHashSet<>();
    private final Baton end = new Baton();
    private @Nullable SimulatedFiber current;
    private @Nullable Throwable failure;
    private boolean over;
    private long now;
    private int fibers;
    private long hash = 1;
    private volatile long decisions;

    /** How the next one is chosen among those that can move. */
    private enum Choice {
        /** Anyone, with the same chance. */
        ANYONE,
        /** The one with the highest rank; ranks change now and then. Finds what needs one thread to be slow for long. */
        BY_RANK
    }

    Scheduler(SplittableRandom dice) {
        this.dice = dice;
        this.choice = dice.nextBoolean() ? Choice.ANYONE : Choice.BY_RANK;
    }

    /** The virtual time in nanoseconds. */
    long now() {
        return now;
    }

    /** How many times somebody was chosen. Any thread may ask. */
    long decisions() {
        return decisions;
    }

    /** What was chosen and when, as a number: the same for the same seed. */
    long hash() {
        return hash;
    }

    /** The thread that holds the baton, which has to be the one that asks. */
    SimulatedFiber current() {
        SimulatedFiber holder = current;
        if (holder == null || !holder.isMe()) {
            throw new IllegalStateException("Thread '" + Thread.currentThread().getName()
                    + "' is none of the simulation's, so it can neither wait nor be repeated in it."
                    + " Let workflows, steps and clients do their work on the thread that calls them.");
        }
        return holder;
    }

    /** What the watch looks at from outside when nothing moves. */
    @Nullable
    SimulatedFiber holder() {
        return current;
    }

    /** A new thread, which can move from now on. */
    SimulatedFiber spawn(String name, @Nullable SimulatedProcess process, Runnable body) {
        SimulatedFiber fiber = new SimulatedFiber(this, ++fibers, name, process, body);
        fiber.rank = dice.nextInt();
        ready.add(fiber);
        if (process == null) {
            free.add(fiber);
        }
        return fiber;
    }

    /** Gives the baton to the first thread and waits for the end, and throws what it ended with; called from outside. */
    void run(Watch watch) throws Throwable {
        SimulatedFiber first = next();
        current = first;
        first.resume();
        watch.until(end);
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets all threads end that belong to no process, but the one that asks: one that stood for ever would keep all it knows in memory. */
    void windDown() {
        SimulatedFiber me = current();
        for (SimulatedFiber fiber : List.copyOf(free)) {
            if (!fiber.equals(me)) {
                fiber.orphan();
                wake(fiber);
            }
        }
        while (free.size() > 1) {
            pause();
        }
    }

    /** Ends the simulation; whoever has not ended stands still for ever. */
    void finish(@Nullable Throwable why) {
        if (!over) {
            over = true;
            failure = why;
            end.give();
        }
    }

    /** Ends it with a failure, at once: the thread that found out does not go on either. */
    void fail(Throwable why) {
        finish(why);
        current().standStill();
    }

    /** Checks a promise; one that is broken ends it here, before anybody makes something of it. */
    void hold(Runnable check) {
        try {
            check.run();
        } catch (PromiseBroken broken) {
            fail(broken);
        }
    }

    /** A place at which others may come between. */
    void pause() {
        SimulatedFiber me = current();
        ready.add(me);
        handOver(me);
    }

    /** Waits until the time is over. */
    void sleep(long nanos) {
        if (nanos <= 0) {
            pause();
            return;
        }
        SimulatedFiber me = current();
        long until = deadline(nanos);
        while (now < until) {
            me.sleepUntil(until);
            asleep.add(me);
            handOver(me);
        }
    }

    /** Waits for {@link #wake}, at most this long. */
    void await(long atMostNanos) {
        SimulatedFiber me = current();
        long until = deadline(atMostNanos);
        me.sleepUntil(until);
        if (until != Long.MAX_VALUE) {
            asleep.add(me);
        }
        handOver(me);
    }

    /** Ends the wait of a thread. */
    void wake(SimulatedFiber fiber) {
        if (fiber.isAsleep()) {
            asleep.remove(fiber);
            fiber.awake();
            ready.add(fiber);
        }
    }

    /** Lets the frozen threads of a process move again. */
    void thaw(List<SimulatedFiber> frozen) {
        ready.addAll(frozen);
    }

    /** The thread that holds the baton ends. */
    void ended(SimulatedFiber me) {
        free.remove(me);
        if (!over) {
            SimulatedFiber next = next();
            current = next;
            next.resume();
        }
    }

    private long deadline(long nanos) {
        return nanos >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    }

    private void handOver(SimulatedFiber from) {
        SimulatedFiber next;
        try {
            next = next();
        } catch (IllegalStateException e) {
            fail(e);
            throw e;
        }
        if (!next.equals(from)) {
            current = next;
            next.resume();
            from.standStill();
        }
        from.goesOn();
    }

    private SimulatedFiber next() {
        while (true) {
            wakeWhoIsDue();
            while (!ready.isEmpty()) {
                SimulatedFiber chosen = choose();
                SimulatedProcess process = chosen.process();
                if (process == null || process.runs()) {
                    decided(chosen);
                    return chosen;
                }
                process.freeze(chosen);
            }
            SimulatedFiber first = asleep.peek();
            if (first == null) {
                throw new IllegalStateException("nobody can move any more");
            }
            now = first.wakeAt();
        }
    }

    private void wakeWhoIsDue() {
        SimulatedFiber first = asleep.peek();
        while (first != null && first.wakeAt() <= now) {
            asleep.poll();
            first.awake();
            ready.add(first);
            first = asleep.peek();
        }
    }

    private SimulatedFiber choose() {
        int at = 0;
        if (ready.size() > 1) {
            at = switch (choice) {
                case ANYONE -> dice.nextInt(ready.size());
                case BY_RANK -> highest();
            };
        }
        SimulatedFiber chosen = ready.get(at);
        SimulatedFiber last = ready.removeLast();
        if (at < ready.size()) {
            ready.set(at, last);
        }
        return chosen;
    }

    private int highest() {
        int best = 0;
        for (int i = 1; i < ready.size(); i++) {
            if (ready.get(i).rank > ready.get(best).rank) {
                best = i;
            }
        }
        if (dice.nextInt(32) == 0) {
            ready.get(best).rank = dice.nextInt();
        }
        return best;
    }

    private void decided(SimulatedFiber chosen) {
        hash = (hash * 31 + chosen.number()) * 31 + now;
        long made = decisions + 1;
        decisions = made; // only the holder of the baton writes
        if (made > MOST_DECISIONS) {
            throw new IllegalStateException("after " + made + " decisions it is still not over");
        }
    }
}
