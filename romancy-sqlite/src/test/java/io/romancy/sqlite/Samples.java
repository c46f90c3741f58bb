package io.romancy.sqlite;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
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
import io.romancy.spi.model.TopicMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small commits for tests. */
final class Samples {
    static final Route ROUTE = new Route("order", 1);
    static final ChannelName TOPIC = new ChannelName(ChannelName.Kind.TOPIC, "news");

    private Samples() {}

    static Payload payload(String text) {
        return new Payload("text", text.getBytes(StandardCharsets.UTF_8));
    }

    static Commit start(String id) {
        return start(id, null);
    }

    static Commit start(String id, @Nullable NodeId owner) {
        return new Commit.Start(new NewInstance(id, ROUTE, payload("input of " + id), "hash", owner));
    }

    static Change.Append append(int position, String name) {
        return new Change.Append(new StepRecord(position, 1, name, payload("result of " + name), Instant.EPOCH));
    }

    static Commit.OfRun step(Claim claim, int position) {
        return new Commit.OfRun(claim, List.of(append(position, "step:" + position)), null);
    }

    static Commit.OfRun complete(Claim claim) {
        return new Commit.OfRun(claim, List.of(), new Transition.Complete(payload("done")));
    }

    static Commit broadcast(String uid) {
        return new Commit.Publish(
                new NewMessage(uid, TOPIC, TopicMode.BROADCAST, null, null, Map.of(), payload("body of " + uid)));
    }

    static NodeId join(Storage storage) {
        NodeId node = new NodeId(UUID.randomUUID());
        storage.nodes().join(node, "test", Duration.ofHours(1));
        return node;
    }

    static List<ClaimedRun> claim(Storage storage, NodeId node, int limit) {
        return storage.runs()
                .claim(new ClaimRequest(node, List.of(ROUTE), limit))
                .runs();
    }
}
