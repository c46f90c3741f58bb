package io.romancy.engine.replay;

import io.romancy.spi.model.Payload;
import io.romancy.spi.notification.FlatJson;
import java.util.Map;

/**
 * The input of an instance as it is stored: as it was encoded, or with what its start carries along to those who run it, which is no part
 * of the input and does not count when two starts are compared.
 */
public final class StartBody {
    private static final String CARRIED = "carried";

    private StartBody() {}

    /** The input itself, if there is nothing to carry along. */
    public static Payload seal(Payload input, Map<String, String> carried) {
        return carried.isEmpty() ? input : Envelope.seal(Map.of(CARRIED, FlatJson.write(carried)), input);
    }

    /** The input as it was encoded. */
    public static Payload input(Payload stored) {
        return Envelope.isOne(stored) ? Envelope.open(stored).content() : stored;
    }

    /** What was carried along; empty if nothing was, or if it cannot be read. */
    static Map<String, String> carried(Payload stored) {
        if (!Envelope.isOne(stored)) {
            return Map.of();
        }
        try {
            return Map.copyOf(
                    FlatJson.read(Envelope.open(stored).fields().text(CARRIED)).texts());
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
