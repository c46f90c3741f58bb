package io.romancy.postgres.outage;

import java.util.Map;

/** The listener's times for tests: what takes seconds in production takes a fraction of one, in the same proportions. */
final class QuickListening {
    static final Map<String, String> PROPERTIES = Map.of(
            "listenEchoInterval", "PT0.4S",
            "listenEchoTimeout", "PT2S",
            "listenHeartbeat", "PT0.3S",
            "listenStall", "PT3S",
            "listenFirstDelay", "PT0.02S");

    private QuickListening() {}
}
