package io.romancy.engine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson: records, beans, generics, enums, dates as ISO text, numbers exact, {@code Optional}, bytes as Base64; sealed types where
 * they are annotated with {@code JsonTypeInfo}. Fields that a class does not know are passed over, so that older code reads what newer
 * code wrote.
 */
public final class JacksonCodec implements Codec {
    private static final String NAME = "json";

    private final ObjectMapper mapper;
    private final int maxBytes;

    // As many as the application has types of inputs, results and messages.
    private final Map<Type, ObjectWriter> writers = new ConcurrentHashMap<>();
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /** With the engine's own settings; {@code maxBytes} is the largest encoded value. */
    public JacksonCodec(int maxBytes) {
        this.mapper = JsonSettings.newMapper();
        this.maxBytes = maxBytes;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Payload encode(@Nullable Object value, Type type) {
        var out = new BoundedOutput(maxBytes, type);
        try {
            writers.computeIfAbsent(type, t -> mapper.writerFor(mapper.constructType(t)))
                    .writeValue(out, value);
        } catch (IOException | RuntimeException e) {
            if (out.exceeded()) {
                throw out.refusal();
            }
            throw new RomancyException(
                    ErrorCode.PAYLOAD_UNWRITABLE,
                    "A value of " + (value == null ? "null" : value.getClass().getName())
                            + " cannot be written by the codec '" + NAME + "' as " + type.getTypeName() + ": "
                            + reason(e) + ". " + remedy(e, "Let it be a record of plain values."),
                    e);
        }
        return new Payload(NAME, out.toByteArray());
    }

    @Override
    public @Nullable Object decode(Payload payload, Type type) {
        try {
            return readers.computeIfAbsent(type, t -> mapper.readerFor(mapper.constructType(t)))
                    .readValue(payload.data());
        } catch (IOException | RuntimeException e) {
            throw new RomancyException(
                    ErrorCode.PAYLOAD_UNREADABLE,
                    "A payload of " + payload.data().length + " bytes, written by the codec '" + payload.codec()
                            + "', cannot be read as " + type.getTypeName() + ": " + reason(e) + ". "
                            + remedy(e, "Let the type accept what was written, or give what changed a new name."),
                    e);
        }
    }

    /** What Jackson says, without its excerpt of the data, and where in the value it says so. */
    private static String reason(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String where =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? " at " + mapping.getPathReference()
                        : "";
        return (message == null ? e.getClass().getName() : message) + where;
    }

    /** An interface says nothing of the class behind it, which is all that is missing then. */
    private static String remedy(Exception e, String otherwise) {
        return e instanceof InvalidDefinitionException bad && isOpen(bad.getType())
                ? "Let " + bad.getType().getRawClass().getTypeName()
                        + " say by @JsonTypeInfo and @JsonSubTypes which classes"
                        + " it stands for, or declare the one that is meant."
                : otherwise;
    }

    private static boolean isOpen(@Nullable JavaType type) {
        return type != null && type.isAbstract() && !type.isContainerType();
    }
}
