package io.romancy.engine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.romancy.api.error.Failure;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.io.IOException;

/**
 * Turns failures into bytes and back. Thread-safe.
 *
 * <p>A failure comes back as its own type if that can be made from message and cause, else as an {@code ActivityFailedException}: decided
 * and recorded when it is encoded, so that whoever decodes gets the same, live and in every replay. Message, stack traces, causes and
 * suppressed failures come along, within bounds; other fields do not.
 */
public final class FailureCodec {
    private static final String NAME = "failure";

    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final Rebuilder rebuilder;

    /** Finds the classes of failures with this loader: the application's. */
    public FailureCodec(ClassLoader loader) {
        this.rebuilder = new Rebuilder(loader);
    }

    /** Encodes any failure, whatever its class does. */
    public Payload encode(Throwable failure) {
        try {
            return new Payload(NAME, mapper.writeValueAsBytes(new FailureRecorder(rebuilder).record(failure)));
        } catch (JsonProcessingException e) {
            throw new RomancyException(
                    ErrorCode.PAYLOAD_UNWRITABLE,
                    "A failure of type " + failure.getClass().getName() + " cannot be recorded: "
                            + e.getOriginalMessage() + ". Throw one with a plain message.",
                    e);
        }
    }

    /**
     * The exception, to be thrown. Refused with {@code HISTORY_UNREADABLE} if its type, or that of a cause, is not here any more or has lost
     * the constructor that was recorded: to go on with another type would take another path.
     */
    public Throwable decode(Payload payload) {
        return rebuilder.rebuild(read(payload));
    }

    /** The description, which needs none of the classes. */
    public Failure describe(Payload payload) {
        return read(payload).describe();
    }

    /** The description of a failure that is at hand. */
    public Failure describe(Throwable failure) {
        return new FailureRecorder(rebuilder).record(failure).describe();
    }

    private FailureRecord read(Payload payload) {
        if (!payload.codec().equals(NAME)) {
            throw Rebuilder.unreadable(
                    "it was written by the codec '" + payload.codec() + "' and not by '" + NAME + "'", null);
        }
        try {
            return mapper.readValue(payload.data(), FailureRecord.class);
        } catch (IOException e) {
            throw Rebuilder.unreadable(
                    e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e), e);
        }
    }
}
