package io.romancy.engine.replay;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.DeliveredMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The messages that a run has been shown and not consumed, in the order of their delivery. */
final class Inbox {
    private Set<Long> taken = Set.of(); // most runs that wait have none
    private List<DeliveredMessage> messages = List.of();
    private boolean complete = true;

    /** Takes a newer view. What was taken and is still on its way out of the mailbox stays taken. */
    void show(List<DeliveredMessage> newer, boolean all) {
        messages = newer;
        complete = all;
        taken = taken.isEmpty() || newer.isEmpty()
                ? Set.of()
                : newer.stream()
                        .map(DeliveredMessage::seq)
                        .filter(taken::contains)
                        .collect(Collectors.toCollection(HashSet::new));
    }

    /** What was shown last, whether taken or not. */
    List<DeliveredMessage> shown() {
        return messages;
    }

    @Nullable
    DeliveredMessage take(ChannelName channel) {
        for (DeliveredMessage message : messages) {
            if (message.channel().equals(channel) && !taken.contains(message.seq())) {
                taken = taken.isEmpty() ? new HashSet<>() : taken;
                taken.add(message.seq());
                return message;
            }
        }
        return null;
    }

    /** Whether there may be messages that were not shown. */
    boolean mayHoldMore() {
        return !complete;
    }

    /** Forgets messages of a topic that the run has left; they went back. */
    void leave(ChannelName topic) {
        messages = messages.stream().filter(m -> !m.channel().equals(topic)).toList();
    }
}
