package io.romancy.testkit.thirdparty;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Messages before and after their delivery. */
final class Mail {
    private Mail() {}

    /** Publishes, unless a message of this uid is there; returns the number of the one that is. */
    static long publish(Content content, NewMessage message, Instant now) {
        Long known = content.uids.get(message.uid());
        if (known != null) {
            return known;
        }
        if (message.mode() != null) {
            content.modes.putIfAbsent(message.channel(), message.mode());
        }
        long number = content.next();
        content.messages.put(number, new Message(number, message, now));
        content.uids.put(message.uid(), number);
        content.published.add(number);
        return number;
    }

    static void subscribe(Content content, Run run, ChannelName topic, TopicMode mode, long since) {
        content.modes.putIfAbsent(topic, mode);
        content.subscriptions.computeIfAbsent(topic, t -> new LinkedHashMap<>()).putIfAbsent(run.number, since);
    }

    static void unsubscribe(Content content, Run run, ChannelName topic) {
        Map<Long, Long> subscribers = content.subscriptions.get(topic);
        if (subscribers != null && subscribers.remove(run.number) != null) {
            giveBack(content, run, message -> message.content().channel().equals(topic));
        }
    }

    /** The run has ended, and nobody can retry it. */
    static void close(Content content, Run run) {
        content.subscriptions.values().forEach(subscribers -> subscribers.remove(run.number));
        giveBack(content, run, message -> true);
    }

    /** The run has failed: what is for it alone stays where it is. */
    static void rest(Content content, Run run) {
        giveBack(content, run, Mail::isCompeting);
    }

    private static boolean isCompeting(Message message) {
        return message.content().mode() == TopicMode.COMPETING;
    }

    /** Such messages leave the mailbox; competing ones go back to where they came from, in their old place. */
    private static void giveBack(Content content, Run run, Predicate<Message> such) {
        List<Message> back = run.mailbox.values().stream().filter(such).toList();
        run.mailbox.values().removeAll(back);
        back.stream().filter(Mail::isCompeting).forEach(message -> content.published.add(message.number()));
    }

    static void deliver(Run run, Message message, long seq) {
        run.mailbox.put(seq, message);
        run.wake++;
    }

    /** Forgets messages from before this time that nobody can receive any more. */
    static int purge(Content content, Instant before, int limit) {
        Set<Long> lying = content.runs.values().stream()
                .flatMap(run -> run.mailbox.values().stream())
                .map(Message::number)
                .collect(Collectors.toSet());
        List<Message> old = content.messages.values().stream()
                .filter(message -> message.at().isBefore(before))
                .filter(message -> !lying.contains(message.number())
                        && !content.published.contains(message.number())
                        && !content.queued.contains(message.number()))
                .limit(limit)
                .toList();
        old.forEach(message -> {
            content.messages.remove(message.number());
            content.uids.remove(message.content().uid());
        });
        return old.size();
    }
}
