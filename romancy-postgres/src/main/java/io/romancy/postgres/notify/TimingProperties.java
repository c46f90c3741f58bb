package io.romancy.postgres.notify;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listener's times as storage properties, for networks that are slower than most and for tests that are faster: durations as
 * {@link Duration#parse} reads them, such as {@code PT0.5S}.
 */
final class TimingProperties {
    static final String ECHO_INTERVAL = "listenEchoInterval";
    static final String ECHO_TIMEOUT = "listenEchoTimeout";
    static final String HEARTBEAT = "listenHeartbeat";
    static final String STALL = "listenStall";
    static final String HOLD = "listenHold";
    static final String FIRST_DELAY = "listenFirstDelay";

    static final Set<String> NAMES = Set.of(ECHO_INTERVAL, ECHO_TIMEOUT, HEARTBEAT, STALL, HOLD, FIRST_DELAY);

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofHours(1);

    private final Map<String, String> properties;

    private TimingProperties(Map<String, String> properties) {
        this.properties = properties;
    }

    static ListenTiming of(StorageSettings settings) {
        var given = new TimingProperties(settings.properties());
        var usual = ListenTiming.withMaxDelay(settings.notifyReconnectDelay());
        var timing = new ListenTiming(
                given.span(ECHO_INTERVAL, usual.echoInterval()),
                given.span(ECHO_TIMEOUT, usual.echoTimeout()),
                given.span(HEARTBEAT, usual.heartbeat()),
                given.span(STALL, usual.stall()),
                given.span(HOLD, usual.hold()),
                given.span(FIRST_DELAY, usual.firstDelay()),
                usual.maxDelay());
        if (timing.stall().compareTo(timing.heartbeat().plus(timing.echoTimeout())) < 0) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "The storage property '" + STALL + "' is " + timing.stall() + ", shorter than '" + HEARTBEAT
                            + "' and '"
                            + ECHO_TIMEOUT + "' together (" + timing.heartbeat() + " and " + timing.echoTimeout()
                            + "): a listener that waits for an answer would be cut. Make it longer, or these shorter.");
        }
        return timing;
    }

    private Duration span(String name, Duration usual) {
        String text = properties.get(name);
        if (text == null) {
            return usual;
        }
        try {
            Duration span = Duration.parse(text.strip());
            if (span.compareTo(LEAST) >= 0 && span.compareTo(MOST) <= 0) {
                return span;
            }
        } catch (DateTimeParseException e) {
            throw refused(name, text, e);
        }
        throw refused(name, text, null);
    }

    private static RomancyException refused(String name, String text, @Nullable Exception cause) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "The storage property '" + name + "' is '" + text
                        + "', which is no duration from 10 ms to 1 h. Write it as" + " PT0.5S or PT10S.",
                cause);
    }
}
