package io.romancy.spi.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a notification source did since its start.
 *
 * @param epoch how many times its subscriptions came into force: what was heard in one epoch says nothing about the time before it
 * @param losses connections that were lost, or that could not be made
 * @param echoesSent notifications sent to itself, to see whether they arrive; zero for a source that needs no proof
 * @param echoesHeard how many of them arrived
 * @param echoLatency how long the last one took; null before the first
 */
public record SourceStats(
        long epoch,
        long losses,
        long echoesSent,
        long echoesHeard,
        @Nullable Duration echoLatency) {
    /** Of a source that counts nothing, or has not started. */
    public static final SourceStats NONE = new SourceStats(0, 0, 0, 0, null);
}
