package io.romancy.testkit;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.AssertionFailedError;

/**
 * The time of a test's database, by which timers, time-outs and retries are due. It passes as usual, and can be skipped. Leases and the
 * time-outs of steps go by the real clock and do not move.
 *
 * <p>What is waited for are workflows and their messages. Events of the outbox become due by this time as well, but whether they were
 * published is asked of the events: {@code events().await(published(type))}.
 */
public final class TestTime {
    private static final Set<InstanceStatus> MOVING = EnumSet.of(InstanceStatus.READY, InstanceStatus.RUNNING);
    private static final Set<InstanceStatus> LIVING =
            EnumSet.of(InstanceStatus.READY, InstanceStatus.RUNNING, InstanceStatus.WAITING);
    private static final int PAGE = 1000;
    private static final long LOOK_AGAIN = Duration.ofMillis(2).toNanos();

    private final Fleet fleet;

    TestTime(Fleet fleet) {
        this.fleet = fleet;
    }

    /** What time it is in the database. */
    public Instant now() {
        var nobody = new ClaimRequest(new NodeId(new UUID(0, 0)), List.of(new Route("none", 1)), 1);
        return fleet.storage().runs().claim(nobody).now();
    }

    /**
     * Lets so much time pass: whatever is due on the way happens in its order, each at its time, as if the test had waited. Begins when
     * nothing can go on by itself, so that a span which a workflow is just about to wait for is over after a skip of that span; returns
     * when nothing is left to do at the end of it.
     */
    public void skip(Duration time) {
        settle();
        Instant end = now().plus(time);
        Optional<Instant> next = nextDue();
        while (next.isPresent() && !next.get().isAfter(end)) {
            moveTo(next.get());
            settle();
            next = nextDue();
        }
        moveTo(end);
        settle();
    }

    /**
     * Waits until nothing can go on by itself: what was started has ended, needs a person, or waits for a message or for a time to come. A
     * step that does not return keeps it from that; it then fails after a minute and says what was still going on, and which workers are
     * dead. Where none lives it fails at once.
     */
    public void settle() {
        long deadline = System.nanoTime() + EngineEvents.DEADLINE.toNanos();
        int quiet = 0;
        while (quiet < 2) {
            fleet.sweep();
            boolean delivered = deliver();
            List<InstanceInfo> moving = moving();
            quiet = delivered || !moving.isEmpty() ? 0 : quiet + 1;
            if (quiet == 0) {
                if (fleet.isExtinct()) {
                    throw unsettled(
                            "Not settled, because no worker is left that could go on. workers().add() opens another.",
                            moving);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw unsettled("Not settled within " + EngineEvents.DEADLINE + ".", moving);
                }
                LockSupport.parkNanos(LOOK_AGAIN);
                if (Thread.currentThread().isInterrupted()) {
                    throw unsettled("Interrupted while waiting until all is settled.", moving);
                }
            }
        }
    }

    private AssertionFailedError unsettled(String what, List<InstanceInfo> moving) {
        return new AssertionFailedError(what + fleet.absences() + " Still going on: "
                + moving.stream().map(TestTime::describe).toList());
    }

    /** Does what any process may do for all: puts messages into the mailboxes that they are for. */
    private boolean deliver() {
        DispatchResult result = fleet.storage().messages().dispatch(PAGE);
        return result.dispatched() > 0 || result.saturated();
    }

    private List<InstanceInfo> moving() {
        List<InstanceInfo> living = list(LIVING);
        if (living.isEmpty()) {
            return living;
        }
        Instant now = now();
        return living.stream()
                .filter(info -> MOVING.contains(info.status())
                        || (info.dueAt() != null && !info.dueAt().isAfter(now)))
                .toList();
    }

    private Optional<Instant> nextDue() {
        return list(Set.of(InstanceStatus.WAITING)).stream()
                .flatMap(info -> Optional.ofNullable(info.dueAt()).stream())
                .min(Comparator.naturalOrder());
    }

    private void moveTo(Instant time) {
        Duration left = Duration.between(now(), time);
        if (left.isPositive()) {
            fleet.storage().upkeep().advanceClock(left);
        }
        fleet.sweep();
    }

    private List<InstanceInfo> list(Set<InstanceStatus> statuses) {
        List<InstanceInfo> all = new ArrayList<>();
        List<InstanceInfo> page;
        long before = Long.MAX_VALUE;
        do {
            page = fleet.storage().instances().list(new InstanceQuery(null, statuses, null, before, PAGE));
            all.addAll(page);
            before = page.isEmpty() ? before : page.getLast().run();
        } while (page.size() == PAGE);
        return all;
    }

    private static String describe(InstanceInfo info) {
        return info.id() + " (" + info.route() + ") " + info.status()
                + (info.dueAt() == null ? "" : " due " + info.dueAt());
    }
}
