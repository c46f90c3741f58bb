package io.romancy.engine;

import io.romancy.api.MessageOptions;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.engine.codec.Digest;
import io.romancy.engine.codec.Headers;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that come from outside a workflow: written, then dispatched by whoever is first. */
final class Messages {
    private final Parts parts;
    private final Joined joined;

    Messages(Parts parts, Joined joined) {
        this.parts = parts;
        this.joined = joined;
    }

    <T> void send(String id, Mailbox<T> to, T message, MessageOptions options) {
        requireMessage(to.name(), message);
        Check.name("Instance id", id);
        var payload = parts.codecs.encode(message, to.type().type());
        parts.observer.during(
                new Operation.Send(to.channelName(), id),
                carried -> write(new NewMessage(
                        uid(to.channelName(), id, options),
                        to.channelName(),
                        null,
                        id,
                        null,
                        Headers.with(carried, options.headers()),
                        payload)));
    }

    <T> void publish(Topic<T> to, T message, MessageOptions options) {
        requireMessage(to.name(), message);
        var payload = parts.codecs.encode(message, to.type().type());
        if (joined.current() == null) {
            parts.topics.declare(to.channelName(), to.mode());
        }
        parts.observer.during(
                new Operation.Send(to.channelName(), null),
                carried -> write(new NewMessage(
                        uid(to.channelName(), null, options),
                        to.channelName(),
                        to.mode(),
                        null,
                        null,
                        Headers.with(carried, options.headers()),
                        payload)));
    }

    private CommitResult write(NewMessage message) {
        var publish = new Commit.Publish(message);
        Transaction transaction = joined.current();
        CommitResult result = transaction == null
                ? parts.pipeline.commit(publish)
                : parts.storage.runs().commit(transaction, List.of(publish)).get(0);
        if (result instanceof CommitResult.Refused refused) {
            throw Instances.refusal(message.target(), refused.error());
        }
        if (transaction != null) {
            long number = result instanceof CommitResult.Accepted accepted ? accepted.message() : 0;
            transaction.afterCommit(() -> parts.signals.publishedInTransaction(message, number));
        }
        return result;
    }

    private String uid(ChannelName channel, @Nullable String target, MessageOptions options) {
        if (options.key() != null) {
            return Digest.ofMessage(channel, target, options.key());
        }
        return RequestKeys.next(parts.environment.random());
    }

    private static void requireMessage(String channel, @Nullable Object message) {
        if (message == null) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A message to '" + channel + "' is null. Send a value; for a mere signal, send true.");
        }
    }
}
