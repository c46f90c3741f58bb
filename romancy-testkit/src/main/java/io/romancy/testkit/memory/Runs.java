package io.romancy.testkit.memory;

import io.romancy.spi.Relapse;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All runs, and the changes of status that are possible. The index of due times holds what can be claimed by itself, now or later: ready
 * runs with the time they became ready, waiting ones with their timer; running ones never.
 */
final class Runs {
    private static final int MAX_ROUTES = 1000;

    private final TreeMap<Long, RunRow> byNumber = new TreeMap<>();
    private final Map<String, RunRow> byId = new HashMap<>();
    private final Map<Route, NavigableSet<RunRow>> due = new HashMap<>();
    private long lastNumber;
    private long lastWait;

    @Nullable
    RunRow byNumber(long number) {
        return byNumber.get(number);
    }

    @Nullable
    RunRow byId(String id) {
        return byId.get(id);
    }

    Collection<RunRow> all() {
        return byNumber.values();
    }

    Collection<RunRow> before(long number) {
        return byNumber.headMap(number, false).descendingMap().values();
    }

    Collection<RunRow> after(long number) {
        return byNumber.tailMap(number, false).values();
    }

    /** What of a route can be claimed by itself, the longest due first. */
    NavigableSet<RunRow> due(Route route) {
        return due.computeIfAbsent(
                route, r -> new TreeSet<>(Comparator.comparing(Runs::dueAt).thenComparingLong(run -> run.number)));
    }

    /** Bounded: whoever has more routes than this finds out anyway. */
    Set<Route> routesWithDue() {
        due.values().removeIf(Set::isEmpty);
        return due.keySet().stream().limit(MAX_ROUTES).collect(Collectors.toUnmodifiableSet());
    }

    RunRow insertReady(NewInstance instance, Instant now) {
        RunRow run = new RunRow(++lastNumber, instance, now);
        byNumber.put(run.number, run);
        byId.put(run.id(), run);
        leave(run, InstanceStatus.READY, now);
        return run;
    }

    void remove(RunRow run) {
        unschedule(run);
        byNumber.remove(run.number);
        byId.remove(run.id());
    }

    /** A claim, and the only way into RUNNING. */
    void claim(RunRow run, NodeId owner) {
        unschedule(run);
        run.status = InstanceStatus.RUNNING;
        run.owner = owner;
        run.waits = Set.of();
        run.fence++;
    }

    void ready(RunRow run, Instant now) {
        leave(run, InstanceStatus.READY, now);
    }

    /** Takes a run from whoever holds or held it: what is still on its way from there finds a newer fence. */
    void takeAway(RunRow run, Instant now) {
        run.fence++;
        ready(run, now);
    }

    /** Takes a run from a worker whose lease ended; returns how often that happened in a row without a record in between. */
    int takeOver(RunRow run, Instant now) {
        int last = run.steps.isEmpty() ? -1 : run.steps.lastKey();
        run.lost = run.lost > 0 && run.lostAt == last ? run.lost + 1 : 1;
        run.lostAt = last;
        takeAway(run, now);
        if (Relapse.is(run.lost)) {
            waitFor(run, Set.of(), now.plus(Relapse.pauseAfter(run.lost)));
        }
        return run.lost;
    }

    void waitFor(RunRow run, Set<ChannelName> channels, @Nullable Instant dueAt) {
        leave(run, InstanceStatus.WAITING, dueAt);
        run.waits = channels;
        run.waitingSince = ++lastWait;
    }

    void stop(RunRow run, InstanceStatus status, Payload outcome, @Nullable Instant endedAt) {
        leave(run, status, null);
        run.outcome = outcome;
        run.endedAt = endedAt;
    }

    private void leave(RunRow run, InstanceStatus status, @Nullable Instant dueAt) {
        unschedule(run);
        run.status = status;
        run.owner = null;
        run.waits = Set.of();
        run.outcome = null;
        run.endedAt = null;
        run.dueAt = dueAt;
        if (dueAt != null) {
            due(run.start.route()).add(run);
        }
    }

    private void unschedule(RunRow run) {
        if (run.dueAt != null) {
            due(run.start.route()).remove(run);
            run.dueAt = null;
        }
    }

    private static Instant dueAt(RunRow run) {
        if (run.dueAt == null) {
            throw new IllegalStateException(run.id() + " is in the index of due runs and has no due time");
        }
        return run.dueAt;
    }
}
