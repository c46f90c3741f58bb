package io.romancy.testkit.memory;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Portion;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims: what is due becomes somebody's. */
final class Claiming {
    private final Tables tables;

    Claiming(Tables tables) {
        this.tables = tables;
    }

    ClaimBatch claim(ClaimRequest request) {
        Instant now = tables.clock.now();
        List<ClaimedRun> claimed = new ArrayList<>();
        var inputs = Portion.ofAtLeastOne(request.limit(), RunStore.CLAIMED_INPUT_BYTES);
        if (tables.lives(request.node())) {
            for (Route route : request.routes()) {
                var due = tables.runs.due(route);
                while (claimed.size() < request.limit()
                        && !due.isEmpty()
                        && isDue(due.first(), now)
                        && inputs.takes(due.first().start.input().data().length)) {
                    RunRow run = due.first();
                    Duration waited = run.dueAt == null ? Duration.ZERO : Duration.between(run.dueAt, now);
                    tables.runs.claim(run, request.node());
                    claimed.add(describe(run, waited));
                }
            }
        }
        return new ClaimBatch(claimed, nextDueIn(request.routes(), now), now);
    }

    private static boolean isDue(RunRow run, Instant now) {
        return run.dueAt != null && !run.dueAt.isAfter(now);
    }

    private @Nullable Duration nextDueIn(List<Route> routes, Instant now) {
        return routes.stream()
                .map(tables.runs::due)
                .filter(due -> !due.isEmpty())
                .map(due -> due.first().dueAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO)
                .orElse(null);
    }

    private static ClaimedRun describe(RunRow run, Duration waited) {
        var beginning = Portion.of(Integer.MAX_VALUE, RunStore.CLAIMED_HISTORY_BYTES);
        List<StepRecord> history = run.history(0, beginning);
        var shown = Portion.of(RunStore.MAILBOX_LIMIT, RunStore.MAILBOX_BYTES);
        var mailbox = run.mailbox(Set.of(), shown);
        return new ClaimedRun(
                run.claim(),
                run.start.route(),
                run.start.input(),
                run.startedAt,
                history,
                beginning.isComplete(),
                mailbox,
                shown.isComplete(),
                run.cancelReason,
                waited);
    }
}
