package io.romancy.engine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.error.Failure;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        return rebuild(read(payload));
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
            throw unreadable("it was written by the codec '" + payload.codec() + "' and not by '" + NAME + "'", null);
        }
        try {
            return mapper.readValue(payload.data(), FailureRecord.class);
        } catch (IOException e) {
            throw unreadable(
                    e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e), e);
        }
    }

    private Throwable rebuild(FailureRecord failure) {
        Throwable cause = failure.cause() == null ? null : rebuild(failure.cause());
        Throwable made = switch (failure.rebuild()) {
            case STAND_IN -> new ActivityFailedException(failure.describe(), cause);
            case ACTIVITY -> activity(failure, cause);
            case MESSAGE_AND_CAUSE, MESSAGE, CODE_MESSAGE_AND_CAUSE, NOTHING -> ofItsType(failure, cause);
        };
        made.setStackTrace(failure.frames());
        failure.suppressed().forEach(suppressed -> made.addSuppressed(rebuild(suppressed)));
        return made;
    }

    private static ActivityFailedException activity(FailureRecord failure, @Nullable Throwable cause) {
        FailureRecord inner = failure.standsFor();
        return new ActivityFailedException(
                code(failure),
                Objects.requireNonNullElse(failure.message(), ""),
                inner == null ? failure.describe() : inner.describe(),
                cause);
    }

    private Throwable ofItsType(FailureRecord failure, @Nullable Throwable cause) {
        String type = failure.types().getFirst();
        ErrorCode code = failure.rebuild() == Rebuild.CODE_MESSAGE_AND_CAUSE ? code(failure) : null;
        try {
            return rebuilder.make(failure.rebuild(), type, code, failure.message(), cause);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw unreadable(
                    "its type " + type + " cannot be made by " + failure.rebuild() + " any more (" + e
                            + "); the message was: " + failure.message(),
                    e);
        }
    }

    private static ErrorCode code(FailureRecord failure) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.id().equals(failure.code())) {
                return code;
            }
        }
        throw unreadable("its code " + failure.code() + " is not known to this version of Romancy", null);
    }

    private static RomancyException unreadable(String reason, @Nullable Throwable cause) {
        return new RomancyException(
                ErrorCode.HISTORY_UNREADABLE,
                "A recorded failure cannot be read: " + reason
                        + ". Bring the class back as it was, under its old name, and let the workflow go on.",
                cause);
    }
}
