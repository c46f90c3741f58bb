package io.romancy.postgres;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Workers and publishers of tests, as short to use as to read. */
final class Actors {
    static final ChannelName MAIL = new ChannelName(ChannelName.Kind.MAILBOX, "mail");

    private final Storage storage;
    private final NodeId node = new NodeId(UUID.randomUUID());

    private Actors(Storage storage) {
        this.storage = storage;
    }

    /** Somebody with a lease that outlasts every test. */
    static Actors on(Storage storage) {
        var actors = new Actors(storage);
        storage.nodes().join(actors.node, "test", Duration.ofHours(1));
        return actors;
    }

    NodeId node() {
        return node;
    }

    /** Starts an instance that is mine from birth. */
    Claim born(String id, Route route) {
        return ((CommitResult.Born)
                        commit(new Commit.Start(new NewInstance(id, route, payload("input"), "hash", node))))
                .claim();
    }

    List<ClaimedRun> claim(Route route) {
        return storage.runs().claim(new ClaimRequest(node, List.of(route), 10)).runs();
    }

    CommitResult commit(Commit commit) {
        return storage.runs().commit(List.of(commit)).getFirst();
    }

    CommitResult append(Claim claim, int position) {
        return commit(appending(claim, position));
    }

    static Commit ending(Claim claim) {
        return new Commit.OfRun(claim, List.of(first(0)), complete());
    }

    static Commit appending(Claim claim, int position) {
        return new Commit.OfRun(claim, List.of(step(position)), null);
    }

    CommitResult leave(Claim claim, Transition transition, Change... changes) {
        return commit(new Commit.OfRun(claim, List.of(changes), transition));
    }

    CommitResult send(String uid, String target) {
        return commit(mail(uid, target));
    }

    static Commit.Publish mail(String uid, String target) {
        return new Commit.Publish(new NewMessage(uid, MAIL, null, target, null, Map.of(), payload(uid)));
    }

    static Change step(int position) {
        return new Change.Append(record(position));
    }

    /** One that is known to be the first of its position, as nearly all are. */
    static Change first(int position) {
        return new Change.Append(record(position), true);
    }

    private static StepRecord record(int position) {
        return new StepRecord(position, 1, "step:" + position, payload("done"), Instant.EPOCH);
    }

    static Transition waitForMail() {
        return new Transition.Suspend(Set.of(MAIL), null);
    }

    /** Waits for a time that is past: due at once. */
    static Transition pause() {
        return new Transition.Suspend(Set.of(), new Due.At(Instant.EPOCH));
    }

    static Transition complete() {
        return new Transition.Complete(payload("result"));
    }

    static Payload payload(String text) {
        return new Payload("text", text.getBytes(StandardCharsets.UTF_8));
    }
}
