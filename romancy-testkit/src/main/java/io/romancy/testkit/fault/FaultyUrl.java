package io.romancy.testkit.fault;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/**
 * {@code romancy:faulty:<id>:<url>}: the storage of another URL, seen through faults.
 *
 * @param id of the faults
 * @param inner the URL of the storage behind them
 */
record FaultyUrl(String id, String inner) {
    static final String PREFIX = "romancy:faulty:";

    static FaultyUrl parse(String url) {
        String rest = url.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        if (colon < 1 || colon == rest.length() - 1) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "URL '" + StorageSettings.mask(url) + "' is refused: it is not of the form " + PREFIX
                            + "<id>:<url>. Take the one that Faults.url returns.");
        }
        return new FaultyUrl(rest.substring(0, colon), rest.substring(colon + 1));
    }

    String text() {
        return PREFIX + id + ":" + inner;
    }
}
