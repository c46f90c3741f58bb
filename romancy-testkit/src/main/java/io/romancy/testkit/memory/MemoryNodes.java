package io.romancy.testkit.memory;

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
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryNodes implements NodeStore {
    private final Session session;

    MemoryNodes(Session session) {
        this.session = session;
    }

    @Override
    public void join(NodeId node, String label, Duration lease) {
        session.alone(tables -> tables.nodes.put(
                node, new NodeRow(node, label, tables.clock.unmoved().plus(lease))));
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        return session.alone(tables -> {
            Instant now = tables.clock.unmoved();
            boolean held = tables.lives(node);
            tables.nodes.computeIfPresent(
                    node, (id, row) -> held ? new NodeRow(id, row.label(), now.plus(lease)) : row);
            Duration nextExpiryIn = tables.nodes.values().stream()
                    .filter(other -> !other.id().equals(node))
                    .map(NodeRow::leaseUntil)
                    .min(Comparator.naturalOrder())
                    .map(end -> end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO)
                    .orElse(null);
            return new Renewal(held, nextExpiryIn);
        });
    }

    @Override
    public void leave(NodeId node) {
        session.alone(tables -> {
            Instant now = tables.clock.now();
            tables.runs.all().stream()
                    .filter(run -> node.equals(run.owner) && !run.joined)
                    .forEach(run -> tables.runs.takeAway(run, now));
            return tables.nodes.remove(node);
        });
    }

    @Override
    public Reaped reap(int limit) {
        return session.alone(tables -> {
            Instant now = tables.clock.now();
            List<RunRow> orphans = tables.runs.all().stream()
                    .filter(run -> run.owner != null && !run.joined && !tables.lives(run.owner))
                    .limit(limit)
                    .toList();
            Map<String, Integer> taken = new LinkedHashMap<>();
            orphans.forEach(run -> taken.put(run.id(), tables.runs.takeOver(run, now)));
            // A dead node is kept as long as it has runs: its row is what tells the others to come and reap.
            Set<NodeId> owners =
                    tables.runs.all().stream().map(run -> run.owner).collect(Collectors.toSet());
            tables.nodes.keySet().removeIf(id -> !tables.lives(id) && !owners.contains(id));
            return Reaped.of(taken);
        });
    }

    @Override
    public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
        return session.alone(tables -> tables.runs.after(afterRun).stream()
                .filter(run -> node.equals(run.owner))
                .limit(limit)
                .map(run -> new OwnedRun(run.claim(), run.cancelReason))
                .toList());
    }
}
