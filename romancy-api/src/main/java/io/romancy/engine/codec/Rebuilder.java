package io.romancy.engine.codec;

import io.romancy.api.error.ActivityFailedException;
import io.romancy.engine.codec.Constructors.Way;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes exceptions from records, and finds out beforehand in which way that works. */
final class Rebuilder {
    private final ClassLoader loader;

    Rebuilder(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * How this failure can be had again: in the first way that gives it the same message; if none does, in the first that works, because a
     * catch clause asks for the type; if none works, by a stand-in.
     *
     * @param message the failure's message as it is recorded, without its code
     * @param cause its cause as it will come back, which need not be as it was
     */
    Way choose(Throwable failure, @Nullable String message, @Nullable Throwable cause) {
        Class<? extends Throwable> type = failure.getClass();
        if (type == ActivityFailedException.class) {
            return Way.ACTIVITY;
        }
        // Names of anonymous classes are counted, and the count changes with the code.
        if (type.isAnonymousClass() || type.isHidden() || !isFoundByName(type)) {
            return Way.STAND_IN;
        }
        ErrorCode code = failure instanceof RomancyException ours ? ours.code() : null;
        Way working = Way.STAND_IN;
        for (Way way : Constructors.ways(type, cause)) {
            Throwable copy = attempt(type, way, code, message, cause);
            if (copy != null && isLike(copy, failure, message)) {
                return way;
            }
            if (copy != null && working.equals(Way.STAND_IN)) {
                working = way;
            }
        }
        return working;
    }

    /** The exception of a record; {@code HISTORY_UNREADABLE} if it cannot be had in the way that was recorded. */
    Throwable rebuild(FailureRecord failure) {
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

    static RomancyException unreadable(String reason, @Nullable Throwable cause) {
        return new RomancyException(
                ErrorCode.HISTORY_UNREADABLE,
                "A recorded failure cannot be read: " + reason
                        + ". Bring the class back as it was, under its old name, and let the workflow go on.",
                cause);
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
        String name = failure.types().getFirst();
        ErrorCode code = failure.rebuild() == Rebuild.CODE_MESSAGE_AND_CAUSE ? code(failure) : null;
        try {
            var type = Class.forName(name, false, loader).asSubclass(Throwable.class);
            return Constructors.make(
                    type, new Way(failure.rebuild(), failure.causeType()), code, failure.message(), cause);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw unreadable(
                    "its type " + name + " cannot be made by " + failure.rebuild() + " any more (" + e
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

    /** A copy made on trial; null if this way does not exist, or its constructor refuses these arguments. */
    private static @Nullable Throwable attempt(
            Class<? extends Throwable> type,
            Way way,
            @Nullable ErrorCode code,
            @Nullable String message,
            @Nullable Throwable cause) {
        try {
            return Constructors.make(type, way, code, message, cause);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static boolean isLike(Throwable copy, Throwable failure, @Nullable String message) {
        boolean otherCode = copy instanceof RomancyException one
                && failure instanceof RomancyException other
                && one.code() != other.code();
        return !otherCode && Objects.equals(Messages.bareMessage(copy), message);
    }

    private boolean isFoundByName(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
