package io.romancy.engine.worker;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Claims due runs while there are slots for them, one claim at a time, and hands each to its waiting thread or to a new one. The three
 * pollers of workflows are three schedules of this one claim: what is due is one thing.
 */
final class Claims {
    private static final Duration LOCKED_BY_OTHERS = Duration.ofMillis(20);

    private final Environment environment;
    private final RunStore store;
    private final NodeLease lease;
    private final Slots slots;
    private final Runs runs;
    private final Wake wake;
    private final Supplier<List<Route>> routes;
    private final Launcher launcher;
    private final Runnable answerLost;
    private final Consumer<EngineEvent> events;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private int turn;
    private volatile @Nullable Heard heard;

    /** The database's clock at a moment of ours. */
    private record Heard(Instant now, long nanos) {}

    /** Starts the thread of a claimed run. */
    interface Launcher {
        void launch(ClaimedRun run, Instant now);
    }

    Claims(
            Environment environment,
            RunStore store,
            NodeLease lease,
            Slots slots,
            Runs runs,
            Wake wake,
            Supplier<List<Route>> routes,
            Launcher launcher,
            Runnable answerLost,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.store = store;
        this.lease = lease;
        this.slots = slots;
        this.runs = runs;
        this.wake = wake;
        this.routes = routes;
        this.launcher = launcher;
        this.answerLost = answerLost;
        this.events = events;
    }

    /** Does something first, while no claim is under way, then claims up to this many. */
    PollResult claim(int most, Runnable first) {
        oneAtATime.lock();
        try {
            first.run();
            int free = routes.get().isEmpty() || !lease.isSafe() ? 0 : slots.take(most);
            return free == 0 ? PollResult.nothing() : claim(rotated(), free, most);
        } finally {
            oneAtATime.unlock();
        }
    }

    private PollResult claim(List<Route> served, int free, int most) {
        int unused = free;
        try {
            ClaimBatch batch = asked(new ClaimRequest(lease.node(), served, free));
            heard = new Heard(batch.now(), environment.nanoTime());
            for (ClaimedRun run : batch.runs()) {
                unused--;
                accept(run, batch.now());
            }
            if (unused == 0 && free < most) {
                slots.askForMore();
            }
            return result(batch, free == most);
        } finally {
            slots.free(unused);
        }
    }

    private ClaimBatch asked(ClaimRequest request) {
        try {
            return store.claim(request);
        } catch (RuntimeException e) {
            answerLost.run();
            throw e;
        }
    }

    /** The slot that was taken for the run goes with it. */
    private void accept(ClaimedRun run, Instant now) {
        Activation waiting = runs.awaken(run.claim().run());
        if (waiting == null || !waiting.resume(run, now)) {
            events.accept(
                    new EngineEvent.RunClaimed(run.claim().id(), run.claim().fence(), false));
            launcher.launch(run, now);
        }
    }

    private PollResult result(ClaimBatch batch, boolean hadRoom) {
        int found = batch.runs().size();
        @Nullable Duration next = batch.nextDueIn();
        boolean more = next != null && (next.isZero() || next.isNegative());
        if (next != null && !more) {
            wake.pollerIn(PollerNames.TIMER_CHECK, next);
        }
        // rows that are due and were not claimed are locked by others, who will run them; or there was no room
        return new PollResult(
                found, more && found > 0 && hadRoom, more && found == 0 ? LOCKED_BY_OTHERS : next, Set.of());
    }

    /** How long it is until this time by the database's clock, going by what it last said; zero if it never spoke. */
    Duration until(Instant time) {
        Heard last = heard;
        return last == null
                ? Duration.ZERO
                : Duration.between(last.now(), time).minusNanos(environment.nanoTime() - last.nanos());
    }

    /** Every claim that is made begins with another workflow, so that a busy one starves nobody. */
    private List<Route> rotated() {
        List<Route> rotated = new ArrayList<>(routes.get());
        if (rotated.size() > 1) {
            Collections.rotate(rotated, -(turn++ % rotated.size()));
        }
        return rotated;
    }
}
