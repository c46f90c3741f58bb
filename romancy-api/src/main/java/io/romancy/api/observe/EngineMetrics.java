package io.romancy.api.observe;

import io.romancy.spi.notification.SourceState;
import io.romancy.spi.poll.PollReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has counted since it was opened, at one moment. Counters only grow; each is right by itself, and two that were read while
 * the engine works may be a moment apart.
 *
 * @param notifications null where there is nothing to listen to, so that there is only polling
 * @param hints what was sent to other processes
 * @param channels what was heard, by channel
 * @param pollers what was looked at, by poller
 * @param pickups how long instances that could go on waited for this worker, by how it came to know; those paths that occurred
 * @param leaseMargin how long this engine may still start steps without hearing from the database; negative once it may not. Null for a
 *     client
 */
public record EngineMetrics(
        @Nullable Notifications notifications,
        Hints hints,
        List<Channel> channels,
        List<Polling> pollers,
        List<Pickup> pickups,
        @Nullable Duration leaseMargin) {
    public EngineMetrics {
        channels = List.copyOf(channels);
        pollers = List.copyOf(pollers);
        pickups = List.copyOf(pickups);
    }

    /** Rows that only an interval found although notifications were trusted: the direct measure of lost notifications. */
    public long foundByIntervalWhileTrusted() {
        return pollers.stream().mapToLong(Polling::foundByIntervalWhileTrusted).sum();
    }

    /**
     * The source of notifications.
     *
     * @param detail what it said when it came to this state, such as the error
     * @param inState how long it has been in this state
     * @param trusted whether pollers take their long intervals
     * @param epoch how many times its subscriptions came into force; the reconnects are one less
     * @param losses connections that were lost, or that could not be made
     * @param gaps times that anything may have been missed, each followed by one sweep of everything
     * @param echoLatency how long the last notification took that it sent to itself; null before the first
     * @param foreign notifications on channels that nobody here listens on
     */
    public record Notifications(
            SourceState state,
            @Nullable String detail,
            Duration inState,
            boolean trusted,
            long epoch,
            long losses,
            long gaps,
            @Nullable Duration echoLatency,
            long foreign) {
        /** Times that a connection was made anew. */
        public long reconnects() {
            return Math.max(0, epoch - 1);
        }
    }

    /**
     * Hints to other processes.
     *
     * @param given hints given by the engine and the application
     * @param sent notifications that carried them
     * @param coalesced hints that another notification stood for
     * @param dropped hints that were not kept, because there were too many channels
     * @param failures sends that failed; each leaves a sweep owed
     */
    public record Hints(long given, long sent, long coalesced, long dropped, long failures) {}

    /**
     * One channel.
     *
     * @param name without prefix
     * @param received notifications
     * @param unreadable payloads that no handler could read; each counts as missed
     * @param missed times that a handler was told that anything may have happened
     * @param failures calls of handlers that threw
     * @param slow calls of handlers that took more than a second
     * @param overflows times that the queue of a handler was full and became one "missed"
     * @param waiting payloads that wait for a handler at this moment
     */
    public record Channel(
            String name,
            long received,
            long unreadable,
            long missed,
            long failures,
            long slow,
            long overflows,
            int waiting) {}

    /**
     * One poller.
     *
     * @param byReason polls that ended well, and the rows that they found, by what caused them; every reason is there
     * @param failures polls that threw
     * @param failuresInARow those since the last that ended well; above zero it backs off
     */
    public record Polling(
            String name,
            Map<PollReason, Polls> byReason,
            long failures,
            int failuresInARow,
            long foundByIntervalWhileTrusted) {
        public Polling {
            byReason = Map.copyOf(byReason);
        }

        public long polls() {
            return byReason.values().stream().mapToLong(Polls::count).sum();
        }

        public long found() {
            return byReason.values().stream().mapToLong(Polls::found).sum();
        }
    }

    /**
     * Claims of one path: from the moment in which instances could go on until they were claimed, by the database's clock.
     *
     * @param runs instances claimed
     * @param mean how long they waited on average
     * @param p50 no more than half of them waited longer; up to twice the exact value
     * @param p99 no more than one in a hundred waited longer; up to twice the exact value
     * @param longest how long the one waited that waited longest
     */
    public record Pickup(PickupPath path, long runs, Duration mean, Duration p50, Duration p99, Duration longest) {}

    /**
     * Polls of one cause.
     *
     * @param fruitless those that found nothing
     * @param found rows that the others found
     */
    public record Polls(long count, long fruitless, long found) {}
}
