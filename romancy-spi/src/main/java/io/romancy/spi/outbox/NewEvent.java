package io.romancy.spi.outbox;

import io.romancy.spi.error.Check;
import io.romancy.spi.model.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event to be added to the outbox.
 *
 * @param id what tells it from every other one, also for those who receive it; made up by the engine
 * @param type what happened, such as {@code order.shipped}
 * @param key events of one key are published one after the other, in the order in which they were added; null for no order
 * @param headers what goes along with it
 */
public record NewEvent(String id, String type, @Nullable String key, Map<String, String> headers, Payload payload) {
    public NewEvent {
        Check.name("Event id", id);
        Check.name("Event type", type);
        if (key != null) {
            Check.name("Event key", key);
        }
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            Check.name("Event header", name);
            Check.text("Event header '" + name + "'", value);
        });
    }
}
