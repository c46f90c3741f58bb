package io.romancy.sqlite;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What can be set for a SQLite file.
 *
 * @param synchronous when a commit is on the disk; the default, FULL, lets it survive a loss of power
 * @param busyTimeout how long a call waits for its turn to write, first in this process, then among processes
 * @param readers the most connections for reading
 */
record Options(Synchronous synchronous, Duration busyTimeout, int readers) {
    static final String SYNCHRONOUS = "synchronous";
    static final String BUSY_TIMEOUT = "busyTimeout";

    private static final Set<String> KNOWN = Set.of(SYNCHRONOUS, BUSY_TIMEOUT);
    private static final int MAX_BUSY_MILLIS = 600_000;

    /** SQLite's levels of {@code PRAGMA synchronous}. A commit survives the end of the process at each, a loss of power only at FULL. */
    enum Synchronous {
        OFF,
        NORMAL,
        FULL
    }

    static Options of(StorageSettings settings) {
        settings.refuseUnknown("SQLite", KNOWN);
        if (settings.poolSize() < 1) {
            throw refuse(
                    "poolSize=" + settings.poolSize(),
                    "nothing can be read without a connection",
                    "Set it to 1 or more");
        }
        return new Options(
                synchronous(settings.properties().getOrDefault(SYNCHRONOUS, "full")),
                busyTimeout(settings.properties().getOrDefault(BUSY_TIMEOUT, "5000")),
                settings.poolSize());
    }

    int busyMillis() {
        return (int) busyTimeout.toMillis();
    }

    private static Synchronous synchronous(String text) {
        for (Synchronous value : Synchronous.values()) {
            if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        throw refuse(
                SYNCHRONOUS + "=" + text,
                "there is no such level",
                "Use full, or normal or off where a loss of power may take the last commits");
    }

    private static Duration busyTimeout(String text) {
        try {
            int millis = Integer.parseInt(text);
            if (millis >= 1 && millis <= MAX_BUSY_MILLIS) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            throw refuse(BUSY_TIMEOUT + "=" + text, "it is no whole number", "Give milliseconds, such as 5000");
        }
        throw refuse(
                BUSY_TIMEOUT + "=" + text,
                "every wait has an end, and none is shorter than a millisecond",
                "Give 1 to " + MAX_BUSY_MILLIS + " milliseconds");
    }

    private static RomancyException refuse(String what, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION, "Property '" + what + "' is refused: " + reason + ". " + remedy + ".");
    }
}
