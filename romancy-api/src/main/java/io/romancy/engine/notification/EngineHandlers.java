package io.romancy.engine.notification;

import io.romancy.engine.poll.PollerNames;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.EngineChannels.ChannelMessage;
import io.romancy.spi.notification.EngineChannels.TimerExpired;
import io.romancy.spi.notification.EngineChannels.WorkflowResumable;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The engine's own handlers: each turns the hints of one channel into a wake of the poller that finds the work. */
public final class EngineHandlers {
    private EngineHandlers() {}

    /**
     * The handlers of the channels that the engine listens on.
     *
     * <p>Both functions are called on the thread of the source, for every hint: they return at once, wait for no lock that is held
     * during I/O, and are thread-safe.
     *
     * @param hasWorkflow whether this worker runs workflows of this name; hints about others wake nobody here
     * @param untilByDatabaseClock how long it is until this time, as far as the database's clock is known; negative if it is over
     */
    public static List<NotificationHandler<?>> of(
            Predicate<String> hasWorkflow, Function<Instant, Duration> untilByDatabaseClock) {
        return List.of(new Resumable(hasWorkflow), new Timer(untilByDatabaseClock), new Message());
    }

    /** The handler of a client, which dispatches messages and runs nothing. */
    public static List<NotificationHandler<?>> ofClient() {
        return List.of(new Message());
    }

    private static final class Resumable extends InlineHandler<WorkflowResumable> {
        private final Predicate<String> hasWorkflow;

        Resumable(Predicate<String> hasWorkflow) {
            super(EngineChannels.WORKFLOW_RESUMABLE, PollerNames.WORKFLOW_RESUMPTION);
            this.hasWorkflow = hasWorkflow;
        }

        @Override
        public void handle(WorkflowResumable hint, Wake wake) {
            if (hasWorkflow.test(hint.workflowName())) {
                wake.poller(poller());
            }
        }
    }

    private static final class Timer extends InlineHandler<TimerExpired> {
        private final Function<Instant, Duration> untilByDatabaseClock;

        Timer(Function<Instant, Duration> untilByDatabaseClock) {
            super(EngineChannels.TIMER_EXPIRED, PollerNames.TIMER_CHECK);
            this.untilByDatabaseClock = untilByDatabaseClock;
        }

        @Override
        public void handle(TimerExpired hint, Wake wake) {
            wake.pollerIn(poller(), untilByDatabaseClock.apply(hint.expiresAt()));
        }
    }

    private static final class Message extends InlineHandler<ChannelMessage> {
        Message() {
            super(EngineChannels.CHANNEL_MESSAGE, PollerNames.MESSAGE_DISPATCH);
        }

        @Override
        public void handle(ChannelMessage hint, Wake wake) {
            wake.poller(poller());
        }
    }
}
