package io.romancy.api.outbox;

import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event to be added to the outbox.
 *
 * @param type what happened, such as {@code order.shipped}
 * @param data what to tell; never null
 * @param key events of one key are published one after the other, in the order in which they were added, so one that does not get
 *     through holds up the others of its key; of two transactions that are open at once, the one that commits first may be first. Null
 *     for no order
 * @param headers what goes along with it, beside the data
 */
public record OutboxEvent(
        String type, Object data, @Nullable String key, Map<String, String> headers) {
    public OutboxEvent {
        Check.name("Event type", type);
        if (data == null) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The event '" + type + "' has no data. Give it a value; an empty record will do.");
        }
        if (key != null) {
            Check.name("Event key", key);
        }
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            Check.name("Event header", name);
            Check.text("Event header '" + name + "'", value);
        });
    }

    /** An event without key and headers. */
    public static OutboxEvent of(String type, Object data) {
        return new OutboxEvent(type, data, null, Map.of());
    }

    /** The same in the order of this key. */
    public OutboxEvent key(String order) {
        return new OutboxEvent(type, data, order, headers);
    }

    /** The same with one more header; a header of this name is replaced. */
    public OutboxEvent header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutboxEvent(type, data, key, more);
    }
}
