package io.romancy.testkit.thirdparty;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.ChannelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One dispatch: what was published goes into mailboxes, and wakes who waits for it. */
final class Dispatching {
    private final Content content;
    private final Instant now;
    private final Set<Long> queuedNow = new HashSet<>();
    private final List<DispatchResult.Woken> woken = new ArrayList<>();
    private int handled;
    private int dropped;

    Dispatching(Content content) {
        this.content = content;
        this.now = content.now();
    }

    DispatchResult run(int limit) {
        while (handled < limit && !content.published.isEmpty()) {
            handled++;
            long number = content.published.removeFirst();
            Commit.Cancel cancellation = content.cancellations.remove(number);
            if (cancellation == null) {
                post(content.message(number));
            } else {
                cancel(cancellation);
            }
        }
        boolean more = hand(limit);
        return new DispatchResult(handled, dropped, more || !content.published.isEmpty(), false, woken);
    }

    private void cancel(Commit.Cancel cancellation) {
        Run run = content.run(cancellation.id());
        if (run == null || run.status.isFinal()) {
            dropped++;
        } else if (CallerCommit.cancel(content, run, cancellation.reason())) {
            woken.add(new DispatchResult.Woken(run.start.id(), run.start.route()));
        }
    }

    private void post(Message message) {
        switch (message.content().mode()) {
            case null -> direct(message);
            case BROADCAST -> broadcast(message);
            case COMPETING -> {
                content.queued.add(message.number());
                queuedNow.add(message.number());
            }
        }
    }

    private void direct(Message message) {
        Run run = content.run(String.valueOf(message.content().target()));
        if (run == null || !run.status.keepsMail()) {
            dropped++;
        } else {
            deliver(run.number, message);
        }
    }

    private void broadcast(Message message) {
        List<Long> hearers = new ArrayList<>();
        subscribers(message.content().channel()).forEach((run, since) -> {
            if (message.number() > since
                    && !Objects.requireNonNull(content.runs.get(run)).status.isFinal()) {
                hearers.add(run);
            }
        });
        hearers.forEach(run -> deliver(run, message));
    }

    /** Competing messages, the oldest first, go to the runs that wait longest; says whether there may be more of them. */
    private boolean hand(int limit) {
        int handed = 0;
        for (long number : List.copyOf(content.queued)) {
            Message message = content.message(number);
            Optional<Run> consumer = longestWaiting(message.content().channel());
            if (consumer.isPresent()) {
                if (handed++ == limit) {
                    return true;
                }
                handled += queuedNow.contains(number) ? 0 : 1;
                content.queued.remove(number);
                deliver(consumer.get().number, message);
            }
        }
        return false;
    }

    private Optional<Run> longestWaiting(ChannelName topic) {
        return subscribers(topic).keySet().stream()
                .map(content.runs::get)
                .filter(run -> run.waitsOn(topic))
                .min(Comparator.comparingLong(run -> run.waitsSince));
    }

    private Map<Long, Long> subscribers(ChannelName topic) {
        return content.subscriptions.getOrDefault(topic, Map.of());
    }

    private void deliver(long number, Message message) {
        Run run = content.edit(number);
        Mail.deliver(run, message, content.next());
        if (run.waitsOn(message.content().channel())) {
            run.ready(now);
            woken.add(new DispatchResult.Woken(run.start.id(), run.start.route()));
        }
    }
}
