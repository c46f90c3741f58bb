package io.romancy.sqlite;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Portion;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.sqlite.RunTable.DueRun;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims: what is due becomes somebody's. */
final class Claiming {
    private final Tables tables;
    private final Moment moment;

    Claiming(Tables tables, Moment moment) {
        this.tables = tables;
        this.moment = moment;
    }

    /** The answer if nothing is due: what an idle worker asks for again and again, and what needs no right to write. */
    ClaimBatch none(List<Route> routes) throws SQLException {
        return new ClaimBatch(List.of(), nextDueIn(routes), moment.at());
    }

    ClaimBatch claim(ClaimRequest request) throws SQLException {
        List<ClaimedRun> claimed = new ArrayList<>();
        Portion inputs = Portion.ofAtLeastOne(request.limit(), RunStore.CLAIMED_INPUT_BYTES);
        if (tables.nodes.lives(request.node(), moment)) {
            for (Route route : request.routes()) {
                if (inputs.isComplete() && claimed.size() < request.limit()) {
                    claim(route, request.node(), request.limit() - claimed.size(), inputs, claimed);
                }
            }
        }
        return new ClaimBatch(claimed, nextDueIn(request.routes()), moment.at());
    }

    private void claim(Route route, NodeId node, int limit, Portion inputs, List<ClaimedRun> claimed)
            throws SQLException {
        // Other claims, of this process or another, may race for the same rows: each is one transaction that alone may
        // write from its
        // BEGIN IMMEDIATE on, so the second no longer finds them due.
        for (DueRun due : tables.runs.due(route, moment, limit)) {
            Payload input = tables.runs.input(due.state().no());
            if (!inputs.takes(input.data().length)) {
                break;
            }
            tables.runs.claim(due.state().no(), node);
            claimed.add(describe(due, route, input));
        }
    }

    private ClaimedRun describe(DueRun due, Route route, Payload input) throws SQLException {
        RunState run = due.state();
        Portion first = Portion.of(Integer.MAX_VALUE, RunStore.CLAIMED_HISTORY_BYTES);
        List<StepRecord> history = tables.steps.page(run.no(), 0, first);
        Portion portion = Portion.of(RunStore.MAILBOX_LIMIT, RunStore.MAILBOX_BYTES);
        List<DeliveredMessage> mailbox = tables.mailboxes.messages(run.no(), Set.of(), portion);
        return new ClaimedRun(
                new Claim(run.no(), run.id(), run.fence() + 1, run.wake()),
                route,
                input,
                Micros.instant(due.startedAt()),
                history,
                first.isComplete(),
                mailbox,
                portion.isComplete(),
                run.cancel(),
                Micros.duration(moment.now() - due.dueAt()));
    }

    private @Nullable Duration nextDueIn(List<Route> routes) throws SQLException {
        Long next = tables.runs.nextDue(routes);
        return next == null ? null : Micros.duration(Math.max(0, next - moment.now()));
    }
}
