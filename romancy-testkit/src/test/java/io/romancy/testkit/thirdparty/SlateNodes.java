package io.romancy.testkit.thirdparty;

import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Renewal;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class SlateNodes implements NodeStore {
    private final SlateStorage storage;

    SlateNodes(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public void join(NodeId node, String label, Duration lease) {
        storage.write(content -> content.leases.put(node, Content.unmoved().plus(lease)) == null);
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        return storage.write(content -> {
            Instant now = Content.unmoved();
            boolean held = content.lives(node);
            if (held) {
                content.leases.put(node, now.plus(lease));
            }
            @Nullable
            Duration next = content.leases.entrySet().stream()
                    .filter(other -> !other.getKey().equals(node))
                    .map(other -> Duration.between(now, other.getValue()))
                    .min(Comparator.naturalOrder())
                    .map(left -> left.isNegative() ? Duration.ZERO : left)
                    .orElse(null);
            return new Renewal(held, next);
        });
    }

    @Override
    public void leave(NodeId node) {
        storage.write(content -> {
            content.leases.remove(node);
            return takeAway(content, node::equals, Integer.MAX_VALUE);
        });
    }

    @Override
    public int reap(int limit) {
        return storage.write(content -> {
            int taken = takeAway(content, owner -> !content.lives(owner), limit);
            Set<NodeId> owners = content.runs.values().stream()
                    .map(run -> run.owner)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            // as long as it owns runs, a dead node tells the others that there is something to reap
            content.leases.keySet().removeIf(node -> !content.lives(node) && !owners.contains(node));
            return taken;
        });
    }

    private static int takeAway(Content content, Predicate<NodeId> from, int limit) {
        List<Run> orphans = content.runs.values().stream()
                .filter(run -> run.owner != null && from.test(run.owner))
                .limit(limit)
                .toList();
        orphans.forEach(run -> content.edit(run.number).takeAway(content.now()));
        return orphans.size();
    }

    @Override
    public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
        return storage.read().runs.tailMap(afterRun, false).values().stream()
                .filter(run -> node.equals(run.owner))
                .limit(limit)
                .map(run -> new OwnedRun(run.claim(), run.cancelReason))
                .toList();
    }
}
