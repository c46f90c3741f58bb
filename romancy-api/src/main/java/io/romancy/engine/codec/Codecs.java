package io.romancy.engine.codec;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.lang.reflect.Type;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The codecs of an engine: one that writes, and all that can still be read. */
public final class Codecs {
    private final Codec writer;
    private final SortedMap<String, Codec> byName = new TreeMap<>();

    /** Two codecs of one name are refused with {@code DUPLICATE_NAME}. */
    public Codecs(Codec writer, List<Codec> readers) {
        this.writer = writer;
        byName.put(writer.name(), writer);
        for (Codec reader : readers) {
            Codec other = byName.putIfAbsent(reader.name(), reader);
            if (other != null) {
                throw new RomancyException(
                        ErrorCode.DUPLICATE_NAME,
                        "Two codecs are named '" + reader.name() + "', "
                                + other.getClass().getName() + " and "
                                + reader.getClass().getName()
                                + ": a payload could be read by the wrong one. Rename one of them.");
            }
        }
    }

    /** Encodes with the codec that writes. */
    public Payload encode(@Nullable Object value, Type type) {
        return writer.encode(value, type);
    }

    /** Decodes with the codec that the payload names; one that is not here is refused with {@code PAYLOAD_UNREADABLE}. */
    public @Nullable Object decode(Payload payload, Type type) {
        Codec codec = byName.get(payload.codec());
        if (codec == null) {
            throw new RomancyException(
                    ErrorCode.PAYLOAD_UNREADABLE,
                    "A payload of type " + type.getTypeName() + " was written by the codec '" + payload.codec()
                            + "', which is not here; there are " + byName.keySet()
                            + ". Add that codec to this application.");
        }
        return codec.decode(payload, type);
    }
}
