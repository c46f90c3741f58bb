package io.romancy.postgres;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.Check;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.StepRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the changes of one commit come to, when they take effect at once: a statement touches each row once. */
final class RunChanges {
    private RunChanges() {}

    /**
     * The record that the row of the run itself takes: that of a run which ends with one, as most do. No index says so if there is an open
     * one of its position after all; whoever reads takes the closed one of the two.
     */
    static @Nullable StepRecord last(Commit.OfRun commit) {
        return commit.transition() instanceof Transition.End
                        && commit.changes().size() == 1
                        && commit.changes().getFirst() instanceof Change.Append(var step, var isFirst)
                        && isFirst
                        && !step.isOpen()
                ? step
                : null;
    }

    /** The record that each other position ends with: an open one gives way to the next, a closed one stays. */
    static Collection<StepRecord> records(Commit.OfRun commit) {
        if (last(commit) != null) {
            return List.of();
        }
        if (commit.changes().size() == 1
                && commit.changes().getFirst() instanceof Change.Append(var step, var isFirst)) {
            return List.of(step);
        }
        Map<Integer, StepRecord> records = new TreeMap<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append(var step, var isFirst)) {
                records.merge(step.position(), step, (before, next) -> before.isOpen() ? next : before);
            }
        }
        return records.values();
    }

    /** The instances that it starts together with a record. */
    static List<NewInstance> children(Commit.OfRun commit) {
        Set<Integer> positions =
                records(commit).stream().map(StepRecord::position).collect(Collectors.toSet());
        List<NewInstance> children = new ArrayList<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.Start(int position, var child) && positions.contains(position)) {
                children.add(child);
            }
        }
        return children;
    }

    /** Whether all its records are said to be the first of their positions. */
    static boolean isFirst(Commit.OfRun commit) {
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append append && !append.isFirst()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the commit only appends, and leaves RUNNING without waiting for a topic. */
    static boolean isPlain(Commit.OfRun commit) {
        return appendsAtMost(commit)
                && !(commit.transition() instanceof Transition.Suspend(var channels, var due)
                        && channels.stream().anyMatch(channel -> channel.kind() == ChannelName.Kind.TOPIC));
    }

    static boolean onlyAppends(Commit.OfRun commit) {
        return commit.transition() == null && appendsAtMost(commit);
    }

    private static boolean appendsAtMost(Commit.OfRun commit) {
        for (Change change : commit.changes()) {
            if (!(change instanceof Change.Append)) {
                return false;
            }
        }
        return true;
    }

    /** The last word on each topic. A run that ends leaves all of them anyway, unless it fails. */
    static Map<ChannelName, Change> topics(Commit.OfRun commit) {
        Map<ChannelName, Change> topics = new LinkedHashMap<>();
        if (commit.transition() instanceof Transition.End && !(commit.transition() instanceof Transition.Fail)) {
            return topics;
        }
        for (Change change : commit.changes()) {
            if (change instanceof Change.Subscribe(var topic, var mode)) {
                topics.put(topic, change);
            } else if (change instanceof Change.Unsubscribe(var topic)) {
                topics.put(topic, change);
            }
        }
        return topics;
    }

    /**
     * What must be written before the commit itself: leaving a topic that the same commit joins again. Repeating it does no harm, and the
     * record of the operation is only in the commit that follows.
     */
    static Commit.@Nullable OfRun before(Commit.OfRun commit) {
        List<Change> left = new ArrayList<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.Unsubscribe(var topic)
                    && topics(commit).get(topic) instanceof Change.Subscribe) {
                left.add(change);
            }
        }
        return left.isEmpty() ? null : new Commit.OfRun(commit.claim(), left, null);
    }

    /** Refuses what the database would refuse, or alter silently, for the whole batch. */
    static void check(Commit.OfRun commit) {
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Append(var step, var isFirst) -> Check.text("Step name", step.name());
                case Change.Publish(int position, var message) -> MessageRow.check(message);
                case Change.Start(int position, var instance) -> Check.text("Start hash", instance.startHash());
                case Change.Consume consume -> {}
                case Change.Subscribe subscribe -> {}
                case Change.Unsubscribe unsubscribe -> {}
            }
        }
    }
}
