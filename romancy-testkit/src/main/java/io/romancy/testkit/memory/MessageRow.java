package io.romancy.testkit.memory;

import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;

/** A published message. Where it is shows in who refers to it: the list of undispatched ones, a queue, mailboxes. */
final class MessageRow {
    final long id;
    final NewMessage content;
    final Instant publishedAt;

    /** Its place in the order in which messages were committed. Numbers are given when they are written, which may be long before. */
    long arrival;

    /** Its place in the order of all receivers; given by the dispatch, and anew by each further one. */
    long seq;

    /** In how many mailboxes it lies. */
    int mailboxes;

    MessageRow(long id, NewMessage content, Instant publishedAt) {
        this.id = id;
        this.content = content;
        this.publishedAt = publishedAt;
    }

    boolean isCompeting() {
        return content.mode() == TopicMode.COMPETING;
    }

    DeliveredMessage delivered(long deliveredSeq) {
        return new DeliveredMessage(
                deliveredSeq,
                id,
                content.channel(),
                content.sender(),
                content.headers(),
                content.payload(),
                publishedAt);
    }
}
