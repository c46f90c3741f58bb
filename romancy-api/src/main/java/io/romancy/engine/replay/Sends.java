package io.romancy.engine.replay;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.codec.Digest;
import io.romancy.engine.codec.Headers;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a workflow does to others: messages, subscriptions, starts. Each happens with its record, so once, however often it is replayed. */
final class Sends {
    private final RunSession session;
    private final Toolbox toolbox;
    private final OperationNames names;
    private Map<ChannelName, Topic<?>> subscribed = Map.of();
    private @Nullable Map<ChannelName, Topic<?>> subscribedBefore;

    Sends(RunSession session, Toolbox toolbox, OperationNames names) {
        this.session = session;
        this.toolbox = toolbox;
        this.names = names;
    }

    <T> void send(String target, Mailbox<T> to, T message, MessageOptions options) {
        String name = names.of("send", to.name());
        if (isNew(name, RecordKind.PUBLISHED)) {
            Payload payload = orRefused(
                    name, () -> toolbox.codecs().encode(message, to.type().type()));
            publish(
                    name,
                    new Operation.Send(to.channelName(), target),
                    carried -> new NewMessage(
                            uid(options, to.channelName(), target),
                            to.channelName(),
                            null,
                            target,
                            session.claim().id(),
                            Headers.with(carried, options.headers()),
                            payload));
        }
    }

    <T> void publish(Topic<T> to, T message, MessageOptions options) {
        String name = names.of("publish", to.name());
        if (isNew(name, RecordKind.PUBLISHED)) {
            Payload payload = orRefused(name, () -> {
                declare(to);
                return toolbox.codecs().encode(message, to.type().type());
            });
            publish(
                    name,
                    new Operation.Send(to.channelName(), null),
                    carried -> new NewMessage(
                            uid(options, to.channelName(), null),
                            to.channelName(),
                            to.mode(),
                            null,
                            session.claim().id(),
                            Headers.with(carried, options.headers()),
                            payload));
        }
    }

    private void declare(Topic<?> topic) {
        session.reach(() -> {
            session.host().declare(topic.channelName(), topic.mode());
            return topic;
        });
    }

    private void publish(String name, Operation.Send send, Function<Map<String, String>, NewMessage> carrying) {
        NewMessage message = toolbox.observer().during(send, carrying);
        session.add(new Change.Publish(session.position(), message));
        session.close(RecordKind.PUBLISHED, name, null);
    }

    /** The same message on every attempt to write it; with a key, the same as every other with that key. */
    private String uid(MessageOptions options, ChannelName channel, @Nullable String target) {
        return options.key() == null
                ? "run:" + session.claim().run() + ":" + session.position()
                : Digest.ofMessage(channel, target, options.key());
    }

    String start(WorkflowDefinition definition, @Nullable Object input, StartOptions options) {
        String name = names.of("start", definition.route().workflow());
        StepRecord found = session.recorded(name);
        if (found != null) {
            require(name, RecordKind.STARTED, found);
            String id;
            try {
                id = Envelope.open(found.body()).fields().text("id");
            } catch (IllegalArgumentException e) {
                throw Mismatch.unreadable(session, found, e);
            }
            session.consumed(found);
            return id;
        }
        session.check();
        String id = options.id() == null ? derivedId() : options.id();
        NewInstance wanted = orRefused(name, () -> {
            Payload payload = toolbox.codecs().encode(input, definition.input());
            return new NewInstance(id, definition.route(), payload, Digest.of(payload), null);
        });
        if (options.id() == null) {
            add(wanted);
            session.close(RecordKind.STARTED, name, started(id));
        } else {
            startChosen(name, wanted);
        }
        return id;
    }

    /** Starts it under an id that the workflow chose, and that others may choose as well. */
    private void startChosen(String name, NewInstance wanted) {
        session.flush(); // what this workflow started itself can be found, and a refusal is of this start only
        if (orRefused(name, () -> session.reach(() -> session.host().isStarted(wanted)))) {
            session.close(RecordKind.STARTED, name, started(wanted.id()));
            return;
        }
        add(wanted);
        session.append(RecordKind.STARTED, name, started(wanted.id()));
        // Another start of the id may have come after the look: this commit decides, and is sent at once, so that the
        // workflow hears here who was first. A record of this place says the same to every replay.
        CommitResult.OfRun answer = session.send(null);
        if (answer instanceof CommitResult.Refused refused && refused.error().code() == ErrorCode.START_CONFLICT) {
            session.drop();
            throw recorded(name, refused.error());
        }
        session.notice(session.taken(answer).cancelReason());
        session.moveTo(session.position() + 1);
    }

    private void add(NewInstance wanted) {
        Payload body = toolbox.observer()
                .during(
                        new Operation.Start(wanted.route(), wanted.id()),
                        carried -> StartBody.seal(wanted.input(), carried));
        var carrying = new NewInstance(wanted.id(), wanted.route(), body, wanted.startHash(), null);
        session.add(new Change.Start(session.position(), carrying));
        var started = new EngineEvent.WorkflowStarted(wanted.id(), wanted.route());
        session.onceDurable(() -> toolbox.events().accept(started));
    }

    private static Payload started(String id) {
        return Envelope.seal(Map.of("id", id), null);
    }

    /** The starter's id with the place of the start, so that it is the same on every attempt; digested where it would be too long. */
    private String derivedId() {
        String suffix = "/" + session.claim().run() + "." + session.position();
        String id = session.claim().id() + suffix;
        return id.length() <= 60 ? id : Digest.ofText(session.claim().id()) + suffix;
    }

    void subscribe(Topic<?> topic) {
        String name = names.of("subscribe", topic.name());
        if (isNew(name, RecordKind.SUBSCRIBED)) {
            orRefused(name, () -> {
                declare(topic);
                return topic;
            });
            session.add(new Change.Subscribe(topic.channelName(), topic.mode()));
            session.close(RecordKind.SUBSCRIBED, name, null);
            session.flush();
        }
        Map<ChannelName, Topic<?>> more = new HashMap<>(subscribed);
        more.put(topic.channelName(), topic);
        subscribed = more;
        session.subscribedToTopic();
    }

    void unsubscribe(Topic<?> topic) {
        requireSubscribed(topic);
        String name = names.of("unsubscribe", topic.name());
        if (isNew(name, RecordKind.UNSUBSCRIBED)) {
            session.add(new Change.Unsubscribe(topic.channelName()));
            session.close(RecordKind.UNSUBSCRIBED, name, null);
            session.flush();
            session.left(topic.channelName());
        }
        Map<ChannelName, Topic<?>> fewer = new HashMap<>(subscribed);
        fewer.remove(topic.channelName());
        subscribed = fewer;
    }

    /** Begins anew with what the workflow itself subscribed to, whatever compensations that came before did. */
    void inside() {
        if (subscribedBefore == null) {
            subscribedBefore = subscribed;
        }
        subscribed = subscribedBefore;
    }

    void requireSubscribed(Topic<?> topic) {
        if (!subscribed.containsKey(topic.channelName())) {
            throw new RomancyException(
                    ErrorCode.NOT_SUBSCRIBED,
                    "Instance '" + session.claim().id() + "' is not subscribed to topic '" + topic.name()
                            + "', so nothing can arrive. Call ctx.subscribe first; subscribed are "
                            + subscribedNames() + ".");
        }
    }

    private Set<String> subscribedNames() {
        return Set.copyOf(subscribed.values().stream().map(Topic::name).toList());
    }

    /** Whether the operation is to be done now; if its record is there, moves past it. */
    private boolean isNew(String name, RecordKind kind) {
        StepRecord found = session.recorded(name);
        if (found == null) {
            session.check();
            return true;
        }
        require(name, kind, found);
        session.consumed(found);
        return false;
    }

    /** The record is of this operation; if it was refused then, it is refused again. */
    private void require(String name, RecordKind kind, StepRecord found) {
        RecordKind recorded = found.name().equals(name) ? RecordKind.of(found) : null;
        if (recorded == RecordKind.REFUSED) {
            RomancyException refusal;
            try {
                refusal = Refusal.open(found);
            } catch (IllegalArgumentException e) {
                throw Mismatch.unreadable(session, found, e);
            }
            session.consumed(found);
            throw refusal;
        }
        if (recorded != kind) {
            throw Mismatch.other(session, name, found);
        }
    }

    /** Records why it cannot be: the workflow's code hears of it, and may go on in another way. */
    private <R> R orRefused(String name, Supplier<R> asked) {
        try {
            return asked.get();
        } catch (RomancyException refusal) {
            throw recorded(name, refusal);
        }
    }

    private RomancyException recorded(String name, RomancyException refusal) {
        session.close(RecordKind.REFUSED, name, Refusal.seal(refusal));
        return refusal;
    }
}
