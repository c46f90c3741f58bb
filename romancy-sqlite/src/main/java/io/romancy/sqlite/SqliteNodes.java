package io.romancy.sqlite;

import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Renewal;
import io.romancy.spi.error.Check;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.List;

final class SqliteNodes implements NodeStore {
    private final Readers readers;
    private final Writer writer;

    SqliteNodes(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public void join(NodeId node, String label, Duration lease) {
        Check.text("Worker name", label);
        writer.write((tables, moment) -> {
            tables.nodes.join(node, label, moment.clock() + Micros.of(lease));
            return node;
        });
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        return writer.write((tables, moment) -> {
            // A reaper that found the lease ended may race with it: whoever has the right to write first decides, and
            // the other sees it.
            boolean held = tables.nodes.renew(node, moment.clock() + Micros.of(lease), moment);
            Long next = tables.nodes.nextExpiry(node);
            return new Renewal(held, next == null ? null : Micros.duration(Math.max(0, next - moment.clock())));
        });
    }

    @Override
    public void leave(NodeId node) {
        writer.write((tables, moment) -> {
            tables.nodes.leave(node);
            tables.runs.takeFrom(node, moment);
            return node;
        });
    }

    @Override
    public Reaped reap(int limit) {
        boolean any = readers.read((tables, moment) -> tables.nodes.anyDead(moment) || tables.orphans.any(moment));
        if (!any) {
            return new Reaped(0, List.of());
        }
        return writer.write((tables, moment) -> {
            Reaped reaped = tables.orphans.take(limit, moment);
            tables.nodes.forgetDead(moment);
            return reaped;
        });
    }

    @Override
    public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
        return readers.read((tables, moment) -> tables.runs.owned(node, afterRun, limit).stream()
                .map(run -> new OwnedRun(run.claim(), run.cancel()))
                .toList());
    }
}
