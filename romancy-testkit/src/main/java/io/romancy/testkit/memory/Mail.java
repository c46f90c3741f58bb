package io.romancy.testkit.memory;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All messages, from published to delivered, with the topics and their subscriptions. */
final class Mail {
    private final Map<ChannelName, TopicMode> modes = new HashMap<>();
    private final Map<ChannelName, Map<Long, Subscription>> subscriptions = new HashMap<>();
    private final TreeMap<Long, MessageRow> messages = new TreeMap<>();
    private final Map<String, Long> uids = new HashMap<>();
    private final TreeMap<Long, Undispatched> undispatched = new TreeMap<>();
    private final Map<ChannelName, NavigableMap<Long, MessageRow>> queues = new LinkedHashMap<>();
    private long lastNumber;
    private long lastArrival;

    /** The last message that is committed: the mark from which on a subscription hears. */
    long lastArrival() {
        return lastArrival;
    }

    /** The number of the message with this uid; null if there is none. */
    @Nullable
    Long numberOf(String uid) {
        return uids.get(uid);
    }

    long nextNumber() {
        return ++lastNumber;
    }

    /** Publishes now, unless the uid is taken; returns the number of the message that has it. */
    long publish(NewMessage message, Instant now) {
        Long known = uids.get(message.uid());
        return known == null ? commit(new MessageRow(nextNumber(), message, now)) : known;
    }

    /** Lets a message that was written arrive. */
    long commit(MessageRow row) {
        Long known = uids.putIfAbsent(row.content.uid(), row.id);
        if (known != null) {
            return known;
        }
        if (row.content.mode() != null) {
            declare(row.content.channel(), row.content.mode());
        }
        row.arrival = ++lastArrival;
        messages.put(row.id, row);
        undispatched.put(row.arrival, new Undispatched.Post(row));
        return row.id;
    }

    List<PublishedMessage> published() {
        return messages.values().stream()
                .map(row -> new PublishedMessage(
                        row.id,
                        row.arrival,
                        row.content.uid(),
                        row.content.channel(),
                        row.content.mode(),
                        row.content.target()))
                .toList();
    }

    void requestCancel(String id, String reason) {
        undispatched.put(++lastArrival, new Undispatched.CancelRequest(id, reason));
    }

    @Nullable
    TopicMode mode(ChannelName topic) {
        return modes.get(topic);
    }

    TopicMode declare(ChannelName topic, TopicMode mode) {
        TopicMode before = modes.putIfAbsent(topic, mode);
        return before == null ? mode : before;
    }

    /** A subscription that stands already goes on as it is. */
    void subscribe(RunRow run, ChannelName topic, TopicMode mode, long since) {
        declare(topic, mode);
        subscriptions
                .computeIfAbsent(topic, t -> new LinkedHashMap<>())
                .putIfAbsent(run.number, new Subscription(run, since));
    }

    void unsubscribe(RunRow run, ChannelName topic) {
        var subscribers = subscriptions.get(topic);
        if (subscribers != null && subscribers.remove(run.number) != null) {
            giveBack(run, message -> message.content.channel().equals(topic));
            if (subscribers.isEmpty()) {
                subscriptions.remove(topic);
            }
        }
    }

    /** The run ended for good: its subscriptions go, and its mailbox. */
    void close(RunRow run) {
        subscriptions.values().forEach(subscribers -> subscribers.remove(run.number));
        subscriptions.values().removeIf(Map::isEmpty);
        giveBack(run, message -> true);
    }

    /** The run failed: until it is retried nothing more of a topic comes, and only what others can consume goes. */
    void rest(RunRow run) {
        giveBack(run, MessageRow::isCompeting);
    }

    Collection<Subscription> subscriptions(ChannelName topic) {
        return subscriptions.getOrDefault(topic, Map.of()).values();
    }

    /** What is to be dispatched, the oldest first; taken out by the one who does it. */
    Undispatched pollUndispatched() {
        return undispatched.pollFirstEntry().getValue();
    }

    boolean hasUndispatched() {
        return !undispatched.isEmpty();
    }

    /** Competing messages that no run has, by topic, the oldest first. */
    Map<ChannelName, NavigableMap<Long, MessageRow>> queues() {
        return queues;
    }

    void enqueue(MessageRow message) {
        queues.computeIfAbsent(message.content.channel(), t -> new TreeMap<>()).put(message.arrival, message);
    }

    void deliver(RunRow run, MessageRow message) {
        run.mailbox.put(message.seq, message);
        run.wake++;
        message.mailboxes++;
    }

    void consume(RunRow run, long seq) {
        MessageRow message = run.mailbox.remove(seq);
        if (message != null) {
            message.mailboxes--;
        }
    }

    /** Takes such messages out of the mailbox; competing ones return to be dispatched anew. */
    private void giveBack(RunRow run, Predicate<MessageRow> such) {
        run.mailbox.values().removeIf(message -> {
            if (!such.test(message)) {
                return false;
            }
            message.mailboxes--;
            if (message.isCompeting()) {
                undispatched.put(message.arrival, new Undispatched.Post(message));
            }
            return true;
        });
    }

    /** Forgets messages that were published before this and that nobody can still receive; returns how many. */
    int purge(Instant before, int limit) {
        int purged = 0;
        var all = messages.values().iterator();
        while (purged < limit && all.hasNext()) {
            MessageRow message = all.next();
            if (message.publishedAt.isBefore(before) && !canBeReceived(message)) {
                all.remove();
                uids.remove(message.content.uid());
                purged++;
            }
        }
        return purged;
    }

    private boolean canBeReceived(MessageRow message) {
        var queue = queues.get(message.content.channel());
        return message.mailboxes > 0
                || undispatched.containsKey(message.arrival)
                || (queue != null && queue.containsKey(message.arrival));
    }
}
