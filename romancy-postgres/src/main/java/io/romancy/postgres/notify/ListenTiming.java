package io.romancy.postgres.notify;

import io.romancy.spi.StorageSettings;
import java.time.Duration;
import java.util.Set;

/**
 * How long the listener waits for what.
 *
 * @param echoInterval between two echoes while they come back
 * @param echoTimeout how long an echo may take; without one the source is DEGRADED
 * @param heartbeat between two questions on the listening session
 * @param stall how long the reader may make no progress before its connection is cut
 * @param hold how long LIVE must last before the next loss starts with the shortest delay again
 * @param firstDelay before the first attempt to reconnect, at most
 * @param maxDelay before every later attempt, at most
 */
public record ListenTiming(
        Duration echoInterval,
        Duration echoTimeout,
        Duration heartbeat,
        Duration stall,
        Duration hold,
        Duration firstDelay,
        Duration maxDelay) {
    /** Longer than the pause that a busy server may make; whoever waits this long for an answer sends on another connection. */
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    /**
     * What fits a server that is near: a silent loss is noticed within seven seconds, which is a heartbeat and the wait for its answer;
     * deafness within thirteen, an interval and the wait for its echo. Between them that is 27 statements a minute.
     */
    public static ListenTiming withMaxDelay(Duration maxDelay) {
        return new ListenTiming(
                Duration.ofSeconds(9),
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                Duration.ofSeconds(7),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                maxDelay);
    }

    /** The usual times, but for those that the storage properties set. Refuses what cannot work. */
    public static ListenTiming of(StorageSettings settings) {
        return TimingProperties.of(settings);
    }

    /** The names of those properties. */
    public static Set<String> properties() {
        return TimingProperties.NAMES;
    }

    /** How long a send waits for its turn, and for the server's answer. */
    Duration sendTimeout() {
        return SEND_TIMEOUT;
    }
}
