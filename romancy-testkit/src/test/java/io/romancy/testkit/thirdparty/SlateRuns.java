package io.romancy.testkit.thirdparty;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.Portion;
import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class SlateRuns implements RunStore {
    private static final Comparator<Run> LONGEST_DUE =
            Comparator.comparing((Run run) -> Objects.requireNonNull(run.dueAt)).thenComparingLong(run -> run.number);

    private final SlateStorage storage;

    SlateRuns(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return storage.write(content -> {
            Instant now = content.now();
            List<ClaimedRun> claimed = new ArrayList<>();
            var inputs = Portion.ofAtLeastOne(request.limit(), CLAIMED_INPUT_BYTES);
            for (Route route : content.lives(request.node()) ? request.routes() : List.<Route>of()) {
                content.runs.values().stream()
                        .filter(run -> run.start.route().equals(route) && run.isDue(now))
                        .sorted(LONGEST_DUE)
                        .limit(request.limit() - claimed.size())
                        .takeWhile(run -> inputs.takes(run.start.input().data().length))
                        .toList()
                        .forEach(due -> {
                            Duration waited = Duration.between(Objects.requireNonNull(due.dueAt), now);
                            Run run = content.edit(due.number);
                            run.claim(request.node());
                            claimed.add(describe(run, waited));
                        });
            }
            return new ClaimBatch(claimed, nextDueIn(content, request.routes(), now), now);
        });
    }

    private static @Nullable Duration nextDueIn(Content content, List<Route> routes, Instant now) {
        return content.runs.values().stream()
                .filter(run -> routes.contains(run.start.route()))
                .map(run -> run.dueAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO)
                .orElse(null);
    }

    private static ClaimedRun describe(Run run, Duration waited) {
        var beginning = Portion.of(Integer.MAX_VALUE, CLAIMED_HISTORY_BYTES);
        List<StepRecord> history = history(run, 0, beginning);
        var shown = Portion.of(MAILBOX_LIMIT, MAILBOX_BYTES);
        List<DeliveredMessage> mailbox = mailbox(run, Set.of(), shown);
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

    private static List<DeliveredMessage> mailbox(Run run, Set<ChannelName> channels, Portion portion) {
        return run.mailbox.entrySet().stream()
                .filter(entry -> channels.isEmpty()
                        || channels.contains(entry.getValue().content().channel()))
                .map(entry -> entry.getValue().delivered(entry.getKey()))
                .takeWhile(message -> portion.takes(message.bytes()))
                .toList();
    }

    private static List<StepRecord> history(Run run, int fromPosition, Portion portion) {
        return run.steps.tailMap(fromPosition, true).values().stream()
                .takeWhile(step -> portion.takes(step.bytes()))
                .toList();
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        return storage.write(content -> {
            var taking = new CallerCommit(content, false);
            return batch.stream().map(taking::take).toList();
        });
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        return storage.joined(transaction).commit(batch);
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        Content content = storage.read();
        return Optional.ofNullable(content.runs.get(claim.run()))
                .filter(run -> run.isHeldAt(claim.fence()))
                .map(run -> {
                    var shown = Portion.ofAtLeastOne(MAILBOX_LIMIT, MAILBOX_BYTES);
                    List<DeliveredMessage> seen = mailbox(run, channels, shown);
                    return new Look(run.wake, run.cancelReason, seen, shown.isComplete(), content.now());
                });
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        Run found = storage.read().runs.get(run);
        return found == null
                ? List.of()
                : history(found, fromPosition, Portion.ofAtLeastOne(limit, HISTORY_PAGE_BYTES));
    }
}
