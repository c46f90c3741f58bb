package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker as an engine would be one, moved step by step: a node with a lease, its claims and its commits. */
final class Worker {
    private static final Duration LONGER_THAN_A_TEST = Duration.ofMinutes(30);

    private final Storage storage;
    private final NodeId node;

    private Worker(Storage storage, NodeId node) {
        this.storage = storage;
        this.node = node;
    }

    static Worker join(Storage storage) {
        return join(storage, LONGER_THAN_A_TEST);
    }

    static Worker join(Storage storage, Duration lease) {
        Worker worker = new Worker(storage, new NodeId(UUID.randomUUID()));
        storage.nodes().join(worker.node, "worker of a test", lease);
        return worker;
    }

    NodeId node() {
        return node;
    }

    void leave() {
        storage.nodes().leave(node);
    }

    ClaimBatch claim(int limit, Route... routes) {
        return storage.runs().claim(new ClaimRequest(node, List.of(routes), limit));
    }

    List<String> claimIds(int limit, Route... routes) {
        return claim(limit, routes).runs().stream().map(run -> run.claim().id()).toList();
    }

    /** The one run of this route that is due; there must be exactly one. */
    ClaimedRun claimOne(Route route) {
        List<ClaimedRun> runs = claim(2, route).runs();
        assertThat(runs).as("runs of %s that can be claimed", route).hasSize(1);
        return runs.getFirst();
    }

    CommitResult commit(Claim claim, @Nullable Transition transition, Change... changes) {
        List<CommitResult> results =
                storage.runs().commit(List.of(new Commit.OfRun(claim, List.of(changes), transition)));
        assertThat(results).as("answers to one commit").hasSize(1);
        return results.getFirst();
    }

    /** Writes without leaving RUNNING; it must be taken. */
    CommitResult.Taken write(Claim claim, Change... changes) {
        return taken(commit(claim, null, changes));
    }

    /** Writes and leaves RUNNING; it must be taken. */
    CommitResult.Taken leave(Claim claim, Transition transition, Change... changes) {
        return taken(commit(claim, transition, changes));
    }

    static CommitResult.Taken taken(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Taken.class);
        return (CommitResult.Taken) result;
    }

    /** What the run sees outside; its claim must hold. */
    Look look(Claim claim, ChannelName... channels) {
        return storage.runs()
                .look(claim, Set.of(channels))
                .orElseThrow(() -> new AssertionError("the claim of " + claim.id() + " is lost"));
    }

    /** The texts in the mailbox, in order. */
    List<String> texts(Claim claim, ChannelName... channels) {
        return Samples.texts(look(claim, channels).mailbox());
    }

    /** Consumes everything, look by look, and returns it in order. */
    List<DeliveredMessage> drain(Claim claim) {
        List<DeliveredMessage> all = new ArrayList<>();
        Look look;
        do {
            look = look(claim);
            all.addAll(look.mailbox());
            write(claim, look.mailbox().stream().map(Samples::consume).toArray(Change[]::new));
        } while (!look.mailboxComplete());
        return all;
    }

    /** The whole history, page by page. */
    List<StepRecord> history(Claim claim) {
        List<StepRecord> all = new ArrayList<>();
        List<StepRecord> page;
        do {
            int from = all.isEmpty() ? 0 : all.getLast().position() + 1;
            page = storage.runs().history(claim.run(), from, 100);
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    /** The bodies of the whole history, as texts. */
    List<String> historyTexts(Claim claim) {
        return history(claim).stream().map(step -> Samples.text(step.body())).toList();
    }
}
