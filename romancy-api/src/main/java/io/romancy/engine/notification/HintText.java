package io.romancy.engine.notification;

import io.romancy.engine.loop.Seldom;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes payloads as text that any source can move: at most {@value #MAX_BYTES} bytes of UTF-8 (PostgreSQL refuses 8,000, and one refused
 * payload fails all that are sent with it), without NUL and half surrogate pairs. What cannot be written so becomes a sweep. Thread-safe.
 */
final class HintText {
    static final int MAX_BYTES = 7_000;

    private static final Logger log = LoggerFactory.getLogger(HintText.class);

    private final Seldom seldom = new Seldom();

    <P> String of(NotificationChannel<P> channel, P payload, long now) {
        String reason;
        @Nullable Throwable error = null;
        try {
            @Nullable String text = channel.encode().apply(payload);
            if (text != null && text.length() <= MAX_BYTES && bytes(text) <= MAX_BYTES) {
                return Check.text("Payload", text);
            }
            reason = text == null ? "its encoder returned null" : "it is longer than " + MAX_BYTES + " bytes";
        } catch (RomancyException e) {
            reason = "no database could store it";
            error = e;
        } catch (
                Throwable
                        e) { // code of a plugin, called by whoever just committed: its Errors must not reach him either
            reason = "its encoder failed";
            error = e;
        }
        if (seldom.now(now)) {
            log.warn("A hint on '{}' is sent without its payload: {}{}", channel, reason, seldom.heldBack(), error);
        }
        return Notification.SWEEP;
    }

    private static int bytes(String text) {
        return 3 * text.length() <= MAX_BYTES ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
