package io.romancy.engine.codec;

import io.romancy.spi.model.Payload;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back. Thread-safe; holds no state between calls.
 *
 * <p>Equal values of one type give equal bytes, in every process: a start that is repeated is recognised by a digest of them.
 */
public interface Codec {
    /** What payloads call it. Never changes, because what was written is read years later. */
    String name();

    /**
     * Encodes a value as this type. Refused with {@code PAYLOAD_UNWRITABLE} if the value is not of the type or cannot be written, with
     * {@code TOO_LARGE} if the result would be larger than the limit.
     */
    Payload encode(@Nullable Object value, Type type);

    /** Decodes what this codec wrote; refused with {@code PAYLOAD_UNREADABLE} if it is no value of this type. */
    @Nullable
    Object decode(Payload payload, Type type);
}
