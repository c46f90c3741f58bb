package io.romancy.engine.worker;

import io.romancy.engine.notification.HintPublisher;
import io.romancy.engine.poll.PollerNames;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.EngineChannels.ChannelMessage;
import io.romancy.spi.notification.EngineChannels.TimerExpired;
import io.romancy.spi.notification.EngineChannels.WorkflowResumable;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Who is told what after something became durable. This process first, by waking its pollers; others by a hint, where they may be the ones
 * who can do the work. All of it may be lost, and costs time only.
 */
public final class Signals {
    private final Wake wake;
    private final HintPublisher hints;
    private final Predicate<Route> registered;
    private final BooleanSupplier room;
    private final IntPredicate claimNow;

    /**
     * @param registered whether this process runs instances of this route
     * @param room whether it would run one more now, beside those for which this was asked since the last claim
     * @param claimNow claims up to this many on the calling thread; false if that is left to the poller
     */
    public Signals(
            Wake wake, HintPublisher hints, Predicate<Route> registered, BooleanSupplier room, IntPredicate claimNow) {
        this.wake = wake;
        this.hints = hints;
        this.registered = registered;
        this.room = room;
        this.claimNow = claimNow;
    }

    /**
     * An instance became ready: claimed here, announced to others if we may not be the ones. Our poller is woken also while there is no
     * room: it leaves word that it is hungry, and looks again with the first slot.
     */
    public void resumable(String id, Route route) {
        if (isOurs(id, route)) {
            wake.poller(PollerNames.WORKFLOW_RESUMPTION);
        }
    }

    /** Whether this process runs it; if it may not be the one, others hear of it. */
    private boolean isOurs(String id, Route route) {
        boolean ours = registered.test(route);
        if (!ours || !room.getAsBoolean()) {
            hints.hint(EngineChannels.WORKFLOW_RESUMABLE, new WorkflowResumable(id, route.workflow()));
        }
        return ours;
    }

    /** An instance became ready that this process must not keep for itself, because it is stopping. */
    private void handedOver(String id, Route route) {
        hints.hint(EngineChannels.WORKFLOW_RESUMABLE, new WorkflowResumable(id, route.workflow()));
    }

    /** Instances that a dispatch made ready. What is ours is claimed by whoever found it, which saves a change of threads. */
    void woken(List<DispatchResult.Woken> instances) {
        int ours = 0;
        for (DispatchResult.Woken instance : instances) {
            ours += isOurs(instance.id(), instance.route()) ? 1 : 0;
        }
        if (ours > 0 && !claimNow.test(ours)) {
            wake.poller(PollerNames.WORKFLOW_RESUMPTION);
        }
    }

    /** A message waits for its dispatch, which any process can do; ours does it at once. */
    public void published() {
        wake.poller(PollerNames.MESSAGE_DISPATCH);
    }

    /** A message of a transaction of the application was committed: the process may end before it dispatches. */
    public void publishedInTransaction(NewMessage message, long number) {
        published();
        hints.hint(
                EngineChannels.CHANNEL_MESSAGE,
                new ChannelMessage(message.channel().name(), number, message.target()));
    }

    /**
     * @param subscribed whether the run has subscriptions: competing messages that it leaves behind go to others
     */
    void afterCommit(Commit.OfRun commit, Route route, boolean subscribed) {
        boolean messages = subscribed && commit.transition() instanceof Transition.End;
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Publish publish -> messages = true;
                case Change.Unsubscribe unsubscribe -> messages = true;
                case Change.Start start ->
                    resumable(start.instance().id(), start.instance().route());
                case Change.Append append -> {}
                case Change.Consume consume -> {}
                case Change.Subscribe subscribe -> {}
            }
        }
        if (messages) {
            published();
        }
        if (commit.transition() instanceof Transition.Release) {
            handedOver(commit.claim().id(), route);
        }
    }

    void suspended(String id, String operation, Transition.Suspend suspension, CommitResult.Taken taken) {
        Due due = suspension.due();
        if (due != null) {
            Instant time = switch (due) {
                case Due.In in -> taken.at().plus(in.span());
                case Due.At at -> at.time();
            };
            wake.pollerIn(PollerNames.TIMER_CHECK, Duration.between(taken.at(), time));
            hints.hint(EngineChannels.TIMER_EXPIRED, new TimerExpired(id, operation, time));
        }
        if (suspension.channels().stream().anyMatch(channel -> channel.kind() == ChannelName.Kind.TOPIC)) {
            // who waits on a competing topic is matched by dispatch
            published();
        }
    }
}
