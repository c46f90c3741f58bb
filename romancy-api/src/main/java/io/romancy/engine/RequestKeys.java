package io.romancy.engine;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names requests that were given no key, so that one that is sent again, because its answer was lost, is known. */
final class RequestKeys {
    private RequestKeys() {}

    static String next(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
