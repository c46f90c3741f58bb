package io.romancy.testkit.simulation;

import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until a system that nothing is done to any more has done all it can, and says so if something takes longer than it may. */
final class Settling {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

    /** After failures a poller looks again within this time. */
    private static final long BACK_OFF = TimeUnit.SECONDS.toNanos(30);

    /** Whoever makes no progress for so long will never make any. */
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    /** Whoever goes on for so long goes on for ever. */
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(30);

    private static final Duration WORTH_SKIPPING = Duration.ofSeconds(3);
    private static final Set<InstanceStatus> LIVING =
            EnumSet.of(InstanceStatus.READY, InstanceStatus.RUNNING, InstanceStatus.WAITING);

    private final Scheduler scheduler;
    private final Surroundings surroundings;
    private final Clients clients;
    private final Map<Long, Long> overdueSince = new HashMap<>();

    Settling(Scheduler scheduler, Surroundings surroundings, Clients clients) {
        this.scheduler = scheduler;
        this.surroundings = surroundings;
        this.clients = clients;
    }

    /** Whether all clients are done and nothing is left that could go on. */
    boolean isOver() {
        return clients.areDone()
                && living().isEmpty()
                && !surroundings.database().hasUndispatched()
                && !surroundings.database().hasPendingEvents();
    }

    void await() {
        long healed = scheduler.now();
        long progress = scheduler.now();
        String before = "";
        while (!isOver()) {
            if (scheduler.now() - healed > BACK_OFF) {
                requireNothingOverdue();
            }
            String now = describe(living());
            if (scheduler.now() - healed > LONGEST) {
                throw new PromiseBroken(
                        "This goes on and on; " + clients.busy() + " wait, and these have not ended:" + now);
            }
            if (!now.equals(before)) {
                before = now;
                progress = scheduler.now();
            } else if (scheduler.now() - progress > PATIENCE) {
                throw new PromiseBroken(
                        "Nothing goes on any more" + (clients.areDone() ? "" : ", " + clients.busy() + " wait")
                                + ", and these have not ended:" + now);
            }
            scheduler.sleep(TICK);
            if (clients.onlyWait(healed)) {
                skipIdleTime();
            }
        }
    }

    /** Moves the database's clock to the next timer, if there is nothing to do before it. */
    void skipIdleTime() {
        List<InstanceInfo> living = living();
        if (living.isEmpty() || surroundings.database().hasUndispatched()) {
            return;
        }
        Instant now = surroundings.database().now();
        Instant next = Instant.MAX;
        for (InstanceInfo info : living) {
            Instant due = info.dueAt();
            if (info.status() != InstanceStatus.WAITING || (due != null && !due.isAfter(now))) {
                return;
            }
            next = due != null && due.isBefore(next) ? due : next;
        }
        if (next.isBefore(Instant.MAX) && Duration.between(now, next).compareTo(WORTH_SKIPPING) > 0) {
            surroundings.storage().upkeep().advanceClock(Duration.between(now, next));
            surroundings.machines().forEach(Machine::sweep);
        }
    }

    /** What is due is looked at within the poll interval, if some worker has room for it. */
    private void requireNothingOverdue() {
        Instant now = surroundings.database().now();
        long longest = Math.max(
                        surroundings.settings().interval().toNanos(),
                        surroundings.settings().fallback().toNanos())
                + TimeUnit.SECONDS.toNanos(2);
        Map<Long, Long> still = new HashMap<>();
        for (InstanceInfo info : living()) {
            boolean due = info.status() != InstanceStatus.RUNNING
                    && info.dueAt() != null
                    && !info.dueAt().isAfter(now);
            if (due && someoneHasRoom()) {
                long since = overdueSince.getOrDefault(info.run(), scheduler.now());
                still.put(info.run(), since);
                if (scheduler.now() - since > longest) {
                    throw new PromiseBroken(info.id() + " is " + info.status() + " and due since " + info.dueAt()
                            + ", now it is " + now + ", and nobody has claimed it although polls are at most "
                            + Duration.ofNanos(longest) + " apart and a worker has room");
                }
            }
        }
        overdueSince.clear();
        overdueSince.putAll(still);
    }

    private boolean someoneHasRoom() {
        return surroundings.serving().stream().anyMatch(machine -> {
            var romancy = machine.romancy();
            return romancy != null
                    && romancy.status().running() < surroundings.settings().concurrent();
        });
    }

    private List<InstanceInfo> living() {
        return surroundings.instances(LIVING);
    }

    /** What is left to do. */
    private String describe(List<InstanceInfo> living) {
        StringBuilder text = new StringBuilder();
        for (InstanceInfo info : living) {
            text.append("\n  ").append(info);
        }
        if (surroundings.database().hasUndispatched()) {
            text.append("\n  messages that nobody dispatches");
        }
        if (surroundings.database().hasPendingEvents()) {
            text.append("\n  events in the outbox, which need a publisher");
        }
        return text.toString();
    }
}
