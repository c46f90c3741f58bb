package io.romancy.testkit.memory;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One dispatch: what was published gets its place in the order and reaches mailboxes, and who waits for it becomes ready. */
final class Dispatch {
    private final Tables tables;
    private final Instant now;
    private final Set<Long> queuedNow = new HashSet<>();
    private final List<DispatchResult.Woken> woken = new ArrayList<>();
    private int handled;
    private int dropped;
    private int paired;
    private int pairedLate;

    Dispatch(Tables tables) {
        this.tables = tables;
        this.now = tables.clock.now();
    }

    DispatchResult run(int limit) {
        while (handled < limit && tables.mail.hasUndispatched()) {
            handled++;
            switch (tables.mail.pollUndispatched()) {
                case Undispatched.CancelRequest request -> cancel(request);
                case Undispatched.Post post -> post(post.message());
            }
        }
        boolean more = pairCompeting(limit);
        return new DispatchResult(handled + pairedLate, dropped, more || tables.mail.hasUndispatched(), false, woken);
    }

    private void cancel(Undispatched.CancelRequest request) {
        RunRow run = tables.runs.byId(request.id());
        if (run == null || run.status.isFinal()) {
            dropped++;
        } else if (tables.cancel(run, request.reason())) {
            woken.add(woken(run));
        }
    }

    private void post(MessageRow message) {
        message.seq = tables.nextSeq();
        TopicMode mode = message.content.mode();
        if (mode == null) {
            direct(message);
        } else {
            switch (mode) {
                case BROADCAST -> broadcast(message);
                case COMPETING -> {
                    tables.mail.enqueue(message);
                    queuedNow.add(message.id);
                }
            }
        }
    }

    private void direct(MessageRow message) {
        String target = message.content.target();
        RunRow run = target == null ? null : tables.runs.byId(target);
        if (run == null || !run.status.keepsMail()) {
            dropped++;
        } else {
            deliver(run, message);
        }
    }

    private void broadcast(MessageRow message) {
        for (Subscription subscription : tables.mail.subscriptions(message.content.channel())) {
            if (message.arrival > subscription.since()
                    && !subscription.run().status.isFinal()) {
                deliver(subscription.run(), message);
            }
        }
    }

    /** Gives queued messages, the oldest first, to runs that wait for one, the longest waiting first; says if some may be left. */
    private boolean pairCompeting(int limit) {
        for (var queue : tables.mail.queues().entrySet()) {
            Optional<RunRow> consumer = waitingFor(queue.getKey());
            while (consumer.isPresent() && !queue.getValue().isEmpty()) {
                if (paired == limit) {
                    return true;
                }
                MessageRow message = queue.getValue().pollFirstEntry().getValue();
                paired++;
                pairedLate += queuedNow.contains(message.id) ? 0 : 1;
                deliver(consumer.get(), message);
                consumer = waitingFor(queue.getKey());
            }
        }
        tables.mail.queues().values().removeIf(queue -> queue.isEmpty());
        return false;
    }

    private Optional<RunRow> waitingFor(ChannelName topic) {
        return tables.mail.subscriptions(topic).stream()
                .map(Subscription::run)
                .filter(run -> run.waitsFor(topic))
                .min(Comparator.comparingLong(run -> run.waitingSince));
    }

    private void deliver(RunRow run, MessageRow message) {
        tables.mail.deliver(run, message);
        if (run.waitsFor(message.content.channel())) {
            tables.runs.ready(run, now);
            woken.add(woken(run));
        }
    }

    private static DispatchResult.Woken woken(RunRow run) {
        if (run.status != InstanceStatus.READY) {
            throw new IllegalStateException(run.id() + " was woken and is " + run.status);
        }
        return new DispatchResult.Woken(run.id(), run.start.route());
    }
}
