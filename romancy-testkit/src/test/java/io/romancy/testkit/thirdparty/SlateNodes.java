package io.romancy.testkit.thirdparty;

import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Renewal;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            List<Run> owned = ownedBy(content, node::equals, Integer.MAX_VALUE);
            owned.forEach(run -> content.edit(run.number).takeAway(content.now()));
            return owned.size();
        });
    }

    @Override
    public Reaped reap(int limit) {
        return storage.write(content -> {
            List<Run> orphans = ownedBy(content, owner -> !content.lives(owner), limit);
            Map<String, Integer> taken = new LinkedHashMap<>();
            orphans.forEach(
                    run -> taken.put(run.start.id(), content.edit(run.number).takeOver(content.now())));
            Set<NodeId> owners = content.runs.values().stream()
                    .map(run -> run.owner)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            // as long as it owns runs, a dead node tells the others that there is something to reap
            content.leases.keySet().removeIf(node -> !content.lives(node) && !owners.contains(node));
            return Reaped.of(taken);
        });
    }

    private static List<Run> ownedBy(Content content, Predicate<NodeId> whom, int limit) {
        return content.runs.values().stream()
                .filter(run -> run.owner != null && whom.test(run.owner))
                .limit(limit)
                .toList();
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
