package io.romancy.testkit.contract;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.DeliveredMessage;
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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values for tests, as short to write as to read. */
final class Samples {
    /** Kinds of records; what they mean is the engine's business. */
    static final int CLOSED = 1;

    static final int OPEN = -1;
    static final int FAILED_STEP = 7;

    private Samples() {}

    static Payload payload(String text) {
        return new Payload("text", text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(@Nullable Payload payload) {
        return payload == null ? "nothing" : new String(payload.data(), StandardCharsets.UTF_8);
    }

    static List<String> texts(List<DeliveredMessage> messages) {
        return messages.stream().map(message -> text(message.payload())).toList();
    }

    static NewInstance instance(String id, Route route) {
        return instance(id, route, "input", null);
    }

    static NewInstance instance(String id, Route route, String input, @Nullable NodeId owner) {
        return new NewInstance(id, route, payload(input), "hash of " + input, owner);
    }

    /** One of its own. */
    static Commit.Retry retry(String id) {
        return retry(id, UUID.randomUUID().toString());
    }

    static Commit.Retry retry(String id, String key) {
        return new Commit.Retry(id, FAILED_STEP, key);
    }

    static StepRecord step(int position, int kind, String text) {
        return new StepRecord(position, kind, "step:" + position, payload(text), Instant.EPOCH);
    }

    static Change append(int position, String text) {
        return new Change.Append(step(position, CLOSED, text));
    }

    static Change appendOpen(int position, String text) {
        return new Change.Append(step(position, OPEN, text));
    }

    static Change publishing(int position, NewMessage message) {
        return new Change.Publish(position, message);
    }

    static Change starting(int position, NewInstance instance) {
        return new Change.Start(position, instance);
    }

    static Change consume(DeliveredMessage message) {
        return new Change.Consume(message.seq());
    }

    static Change subscribe(ChannelName topic, TopicMode mode) {
        return new Change.Subscribe(topic, mode);
    }

    static Change unsubscribe(ChannelName topic) {
        return new Change.Unsubscribe(topic);
    }

    static NewMessage broadcast(ChannelName topic, String text) {
        return onTopic(topic, TopicMode.BROADCAST, text);
    }

    static NewMessage competing(ChannelName topic, String text) {
        return onTopic(topic, TopicMode.COMPETING, text);
    }

    private static NewMessage onTopic(ChannelName topic, TopicMode mode, String text) {
        return new NewMessage(StorageContract.unique("uid"), topic, mode, null, null, Map.of(), payload(text));
    }

    static NewMessage direct(ChannelName mailbox, String target, String text) {
        return new NewMessage(StorageContract.unique("uid"), mailbox, null, target, null, Map.of(), payload(text));
    }

    static Transition waitFor(ChannelName... channels) {
        return new Transition.Suspend(Set.of(channels), null);
    }

    static Transition sleep(Duration span, ChannelName... orUntil) {
        return new Transition.Suspend(Set.of(orUntil), new Due.In(span));
    }

    static Transition sleepUntil(Instant time, ChannelName... orUntil) {
        return new Transition.Suspend(Set.of(orUntil), new Due.At(time));
    }

    static Transition complete(String result) {
        return new Transition.Complete(payload(result));
    }

    static Transition fail(String failure) {
        return new Transition.Fail(payload(failure));
    }

    static Transition stick(String diagnosis) {
        return new Transition.Stick(payload(diagnosis));
    }

    static Transition release() {
        return new Transition.Release();
    }
}
