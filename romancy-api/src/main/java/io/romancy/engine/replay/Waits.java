package io.romancy.engine.replay;

import io.romancy.api.channel.Channel;
import io.romancy.api.channel.ReceivedMessage;
import io.romancy.api.channel.Topic;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Due;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import io.romancy.spi.notification.FlatJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a workflow waits for: time, and messages. */
final class Waits {
    private static final String SPAN = "span";
    private static final String UNTIL = "until";

    private final RunSession session;
    private final Toolbox toolbox;
    private final OperationNames names;

    Waits(RunSession session, Toolbox toolbox, OperationNames names) {
        this.session = session;
        this.toolbox = toolbox;
        this.names = names;
    }

    // ---- time

    void sleep(Due due) {
        String name = names.of("timer", "sleep");
        StepRecord found = recorded(name, RecordKind.TIMER_FIRED, RecordKind.TIMER_STARTED);
        if (found != null && !found.isOpen()) {
            session.consumed(found);
            return;
        }
        Instant end = found == null ? begin(RecordKind.TIMER_STARTED, name, Set.of(), due) : end(found);
        while (session.clock().lookedAt().isBefore(end)) {
            session.suspension().await(name, Set.of(), new Due.At(end));
        }
        session.close(RecordKind.TIMER_FIRED, name, null);
    }

    /** Records since when and until when is waited, and begins to; the database's clock alone says when a span ends. */
    private Instant begin(RecordKind kind, String name, Set<ChannelName> channels, Due due) {
        var fields = switch (due) {
            case Due.In in -> Map.of(SPAN, in.span().toString());
            case Due.At at -> Map.of(UNTIL, at.time().toString());
        };
        session.append(kind, name, Envelope.seal(fields, null));
        session.suspension().await(name, channels, due);
        return switch (due) {
            case Due.In in -> session.clock().recordedAt().plus(in.span());
            case Due.At at -> at.time();
        };
    }

    private Instant end(StepRecord started) {
        try {
            var fields = Envelope.open(started.body()).fields();
            String until = fields.textOrNull(UNTIL);
            return until != null ? Instant.parse(until) : started.at().plus(Duration.parse(fields.text(SPAN)));
        } catch (RuntimeException e) {
            throw Mismatch.unreadable(session, started, e);
        }
    }

    // ---- messages

    /** Receives the next message; with a limit, empty after it. A message that is there beats a timeout that is due. */
    <T> Optional<ReceivedMessage<T>> receive(Channel<T> channel, @Nullable Duration atMost) {
        ChannelName from = channel.channelName();
        String name = names.of("receive", channel.name());
        // Code that gave a limit and now gives none would have no answer to a wait that timed out.
        StepRecord found = atMost == null
                ? recorded(name, RecordKind.MESSAGE_RECEIVED)
                : recorded(name, RecordKind.MESSAGE_RECEIVED, RecordKind.WAIT_TIMED_OUT, RecordKind.WAIT_STARTED);
        if (found != null && !found.isOpen()) {
            Optional<ReceivedMessage<T>> known = RecordKind.of(found) == RecordKind.WAIT_TIMED_OUT
                    ? Optional.empty()
                    : Optional.of(decode(channel, found));
            session.consumed(found);
            return known;
        }
        Instant end = found == null ? null : end(found);
        boolean looked = found != null;
        while (true) {
            session.check();
            DeliveredMessage message = session.takeMessage(from);
            if (message != null) {
                Payload body = seal(message);
                ReceivedMessage<T> received = decode(
                        channel,
                        new StepRecord(
                                session.position(), RecordKind.MESSAGE_RECEIVED.code(), name, body, Instant.EPOCH));
                session.presence().received(message);
                session.add(new Change.Consume(message.seq()));
                session.close(RecordKind.MESSAGE_RECEIVED, name, body);
                return Optional.of(received);
            }
            if (end != null && !session.clock().lookedAt().isBefore(end)) {
                session.close(RecordKind.WAIT_TIMED_OUT, name, null);
                return Optional.empty();
            }
            if (atMost == null) {
                session.suspension().await(name, Set.of(from), null);
            } else if (end != null) {
                session.suspension().await(name, Set.of(from), new Due.At(end));
            } else if (!atMost.isPositive() && !isCompeting(channel)) {
                if (looked) {
                    session.close(RecordKind.WAIT_TIMED_OUT, name, null);
                    return Optional.empty();
                }
                session.look(Set.of(from));
                looked = true;
            } else {
                // competing messages go to runs that wait, so even a short look is a wait
                Duration span = atMost.isPositive() ? atMost : Duration.ZERO;
                end = begin(RecordKind.WAIT_STARTED, name, Set.of(from), new Due.In(span));
            }
        }
    }

    private static Payload seal(DeliveredMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("message_id", message.id());
        fields.put("published_at", message.publishedAt().toString());
        if (message.sender() != null) {
            fields.put("sender", message.sender());
        }
        if (!message.headers().isEmpty()) {
            fields.put("headers", FlatJson.write(message.headers()));
        }
        return Envelope.seal(fields, message.payload());
    }

    private <T> ReceivedMessage<T> decode(Channel<T> channel, StepRecord found) {
        try {
            Envelope envelope = Envelope.open(found.body());
            var fields = envelope.fields();
            String headers = fields.textOrNull("headers");
            @SuppressWarnings("unchecked") // the channel's type is what the codec makes of it
            T value = (T)
                    toolbox.codecs().decode(envelope.content(), channel.type().type());
            if (value == null) {
                throw new IllegalArgumentException("the message is null, which no message may be.");
            }
            return new ReceivedMessage<>(
                    fields.number("message_id"),
                    value,
                    Instant.parse(fields.text("published_at")),
                    fields.textOrNull("sender"),
                    headers == null ? Map.of() : FlatJson.read(headers).texts());
        } catch (RomancyException | IllegalArgumentException | DateTimeException e) {
            throw Mismatch.unreadable(session, found, e);
        }
    }

    /** The record of this place, if it is of this operation. */
    private @Nullable StepRecord recorded(String name, RecordKind... kinds) {
        StepRecord found = session.recorded(name);
        if (found == null) {
            session.check();
            return null;
        }
        if (found.name().equals(name)) {
            for (RecordKind kind : kinds) {
                if (RecordKind.of(found) == kind) {
                    return found;
                }
            }
        }
        throw Mismatch.other(session, name, found);
    }

    static boolean isCompeting(Channel<?> channel) {
        return channel instanceof Topic<?> topic && topic.mode() == TopicMode.COMPETING;
    }
}
