package io.romancy.sqlite;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.DispatchResult.Woken;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.sqlite.MessageTable.CancelRequest;
import io.romancy.sqlite.MessageTable.Direct;
import io.romancy.sqlite.MessageTable.ToTopic;
import io.romancy.sqlite.MessageTable.Undispatched;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch, alone in the database: messages reach mailboxes in the order of their ids, which is that of their commits, and who waits
 * for one becomes ready.
 *
 * <p>For competing messages it keeps one rule: no run waits for a topic of which a message is kept. So a message looks for a run that
 * waits, and a run that begins to wait has the oldest kept message dispatched again.
 */
final class Dispatch {
    /** What one call writes at most, to within one message: others have their turn after a few hundred milliseconds. */
    private static final int MAX_DELIVERIES = 10_000;

    private final Tables tables;
    private final Moment moment;
    private final Map<ChannelName, Deque<RunState>> consumers = new HashMap<>();
    private final List<Woken> woken = new ArrayList<>();
    private int dispatched;
    private int dropped;
    private int deliveries;

    Dispatch(Tables tables, Moment moment) {
        this.tables = tables;
        this.moment = moment;
    }

    DispatchResult run(int limit) throws SQLException {
        List<Undispatched> found = tables.messages.undispatched(limit);
        for (Undispatched next : found) {
            if (deliveries >= MAX_DELIVERIES) {
                break;
            }
            dispatched++;
            switch (next) {
                case CancelRequest request -> cancel(request);
                case Direct message -> direct(message);
                case ToTopic message -> {
                    switch (message.mode()) {
                        case BROADCAST -> broadcast(message);
                        case COMPETING -> compete(message);
                    }
                }
            }
        }
        return new DispatchResult(dispatched, dropped, tables.messages.anyUndispatched(), false, woken);
    }

    private void cancel(CancelRequest request) throws SQLException {
        RunState run = tables.runs.byId(request.target());
        if (run == null || run.status().isFinal()) {
            dropped++;
        } else if (new Cancellation(tables, moment).request(run, request.reason())) {
            woken.add(run.woken());
        }
        tables.messages.delete(request.id());
    }

    private void direct(Direct message) throws SQLException {
        RunState run = tables.runs.byId(message.target());
        if (run == null || !run.status().keepsMail()) {
            dropped++;
        } else {
            deliver(run, message.id(), message.channel());
        }
        tables.messages.done(message.id());
    }

    private void broadcast(ToTopic message) throws SQLException {
        for (RunState run : tables.mailboxes.subscribers(message.channel(), message.id())) {
            deliver(run, message.id(), message.channel());
        }
        tables.messages.done(message.id());
    }

    private void compete(ToTopic message) throws SQLException {
        RunState run = nextConsumer(message.channel());
        if (run == null) {
            tables.messages.queue(message.id());
        } else {
            deliver(run, message.id(), message.channel());
            tables.messages.done(message.id());
        }
    }

    /** Looks for the waiting runs of a topic once in a dispatch: while it lasts, runs cease to wait and none begins to. */
    private @Nullable RunState nextConsumer(ChannelName topic) throws SQLException {
        Deque<RunState> waiting = consumers.get(topic);
        if (waiting == null) {
            waiting = new ArrayDeque<>(tables.mailboxes.waitingSubscribers(topic));
            waiting.removeIf(run -> !run.isWaitingFor(topic));
            consumers.put(topic, waiting);
        }
        for (RunState run = waiting.poll(); run != null; run = waiting.poll()) {
            RunState now = tables.runs.byNumber(run.no());
            if (now != null && now.status() == InstanceStatus.WAITING) {
                return now;
            }
        }
        return null;
    }

    private void deliver(RunState run, long message, ChannelName channel) throws SQLException {
        boolean wakes = run.isWaitingFor(channel);
        tables.mailboxes.deliver(run.no(), message);
        tables.runs.event(run.no(), wakes, moment);
        deliveries++;
        if (wakes) {
            woken.add(run.woken());
        }
    }
}
