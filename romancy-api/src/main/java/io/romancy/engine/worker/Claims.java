package io.romancy.engine.worker;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.PickupPath;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.poll.Schedules;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Mutex;
import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.RunStore;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.Route;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due runs while there are slots for them, one claim at a time, and hands each to its waiting thread or to a new one. The three
 * pollers of workflows are three schedules of this one claim: what is due is one thing.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final Duration LOCKED_BY_OTHERS = Duration.ofMillis(20);

    private final Environment environment;
    private final RunStore store;
    private final NodeLease lease;
    private final Slots slots;
    private final Runs runs;
    private final Schedules schedules;
    private final BooleanSupplier takes;
    private final Supplier<List<Route>> routes;
    private final Launcher launcher;
    private final Runnable answerLost;
    private final Consumer<EngineEvent> events;
    private final Mutex oneAtATime;
    private final Pickups pickups = new Pickups();
    private final Foresight foresight = new Foresight(); // belongs to whoever claims
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
            Schedules schedules,
            BooleanSupplier takes,
            Supplier<List<Route>> routes,
            Launcher launcher,
            Runnable answerLost,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.store = store;
        this.lease = lease;
        this.slots = slots;
        this.runs = runs;
        this.schedules = schedules;
        this.takes = takes;
        this.routes = routes;
        this.launcher = launcher;
        this.answerLost = answerLost;
        this.events = events;
        this.oneAtATime = new Mutex(environment);
    }

    /**
     * Claims for runs that were just woken, on the thread that woke them. False if the poller has to look as well: a claim is under way and
     * may have missed them, others may hold them, or there may be more.
     */
    boolean claimNow(int most) {
        return oneAtATime.aloneOr(
                () -> {
                    int free = free(most);
                    return free > 0 && foundAll(free, most);
                },
                () -> false);
    }

    private boolean foundAll(int free, int most) {
        try {
            PollResult result = claim(PickupPath.HERE, rotated(), free, most);
            return result.found() > 0 && !result.saturated();
        } catch (StorageException e) {
            LOG.debug("A claim for runs that were just woken failed; the poller tries again", e);
            return false;
        }
    }

    /** Makes a delivery that claims on its way; without a claim, if another one is under way or there is no room. */
    Delivery claimAlong(int most, Function<@Nullable ClaimRequest, Delivery> delivery) {
        return oneAtATime.aloneOr(
                () -> {
                    int free = free(most + 1); // one more tells whether there is more
                    return free == 0 ? delivery.apply(null) : claimAlong(delivery, free);
                },
                () -> delivery.apply(null));
    }

    private Delivery claimAlong(Function<@Nullable ClaimRequest, Delivery> delivery, int free) {
        int unused = free;
        try {
            var request = new ClaimRequest(lease.node(), rotated(), free, foresight.histories());
            Delivery delivered = asked(() -> delivery.apply(request));
            ClaimBatch batch = delivered.claimed();
            if (batch != null) {
                // this was no look at everything that is due: the polls beneath go on as they were
                unused -= take(PickupPath.HERE, batch);
                if (unused == 0 || result(batch, true).saturated()) {
                    schedules.poller(PollerNames.WORKFLOW_RESUMPTION);
                }
            }
            return delivered;
        } finally {
            slots.free(unused);
        }
    }

    private int free(int most) {
        return !takes.getAsBoolean() || routes.get().isEmpty() ? 0 : slots.takeForClaim(most);
    }

    /** Does something first, while no claim is under way, then claims up to this many. */
    PollResult claim(int most, PickupPath path, Runnable first) {
        return oneAtATime.alone(() -> {
            first.run();
            int free = free(most);
            return free == 0 ? PollResult.nothing() : claim(path, rotated(), free, most);
        });
    }

    private PollResult claim(PickupPath path, List<Route> served, int free, int most) {
        int unused = free;
        try {
            long began = environment.nanoTime();
            var request = new ClaimRequest(lease.node(), served, free, foresight.histories());
            ClaimBatch batch = asked(() -> store.claim(request));
            unused -= take(path, batch);
            if (unused > 0) {
                // it could have taken more, so there was no more
                schedules.looked(PollerNames.OF_CLAIMS, began);
            }
            if (unused == 0 && free < most) {
                slots.askForMore();
            }
            return result(batch, free == most || unused > 0);
        } finally {
            slots.free(unused);
        }
    }

    /** Hands what was claimed to its threads; returns how many slots went with it. */
    private int take(PickupPath path, ClaimBatch batch) {
        heard = new Heard(batch.now(), environment.nanoTime());
        count(path, batch.runs());
        batch.runs().forEach(run -> accept(run, batch.now()));
        return batch.runs().size();
    }

    private void count(PickupPath path, List<ClaimedRun> claimed) {
        Duration longest = Duration.ZERO;
        for (ClaimedRun run : claimed) {
            pickups.add(path, run.waited());
            longest = run.waited().compareTo(longest) > 0 ? run.waited() : longest;
        }
        if (!claimed.isEmpty()) {
            events.accept(new EngineEvent.RunsPickedUp(path, claimed.size(), longest));
        }
    }

    Pickups pickups() {
        return pickups;
    }

    private <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            answerLost.run();
            throw e;
        }
    }

    /** The slot that was taken for the run goes with it. */
    private void accept(ClaimedRun run, Instant now) {
        Activation waiting = runs.awaken(run.claim().run());
        boolean resumed = waiting != null && waiting.resume(run, now);
        foresight.met(run.claim(), resumed);
        if (!resumed) {
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
            schedules.pollerIn(PollerNames.TIMER_CHECK, next);
        }
        // rows that are due and were not claimed are locked by others, who will run them; or there was no room
        return new PollResult(
                found, more && found > 0 && hadRoom, more && found == 0 ? LOCKED_BY_OTHERS : null, Set.of());
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
