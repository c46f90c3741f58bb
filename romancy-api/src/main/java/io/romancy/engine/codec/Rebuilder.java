package io.romancy.engine.codec;

import io.romancy.api.error.ActivityFailedException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes exceptions by the constructors that their classes happen to have, and finds out beforehand which of them works. */
final class Rebuilder {
    private static final List<Rebuild> CONSTRUCTORS =
            List.of(Rebuild.MESSAGE_AND_CAUSE, Rebuild.MESSAGE, Rebuild.CODE_MESSAGE_AND_CAUSE, Rebuild.NOTHING);

    private final ClassLoader loader;

    Rebuilder(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * How this failure can be had again: by the first constructor that gives it the same message; if none does, by the first that works,
     * because a catch clause asks for the type; if none works, by a stand-in.
     *
     * @param message the failure's message as it is recorded, without its code
     */
    Rebuild choose(Throwable failure, @Nullable String message) {
        Class<? extends Throwable> type = failure.getClass();
        if (type == ActivityFailedException.class) {
            return Rebuild.ACTIVITY;
        }
        // Names of anonymous classes are counted, and the count changes with the code.
        if (type.isAnonymousClass() || type.isHidden() || !isFoundByName(type)) {
            return Rebuild.STAND_IN;
        }
        ErrorCode code = failure instanceof RomancyException ours ? ours.code() : null;
        Rebuild first = Rebuild.STAND_IN;
        for (Rebuild how : CONSTRUCTORS) {
            Throwable copy = attempt(how, type, code, message, Messages.causeOf(failure));
            if (copy != null && isLike(copy, failure, message)) {
                return how;
            }
            if (copy != null && first == Rebuild.STAND_IN) {
                first = how;
            }
        }
        return first;
    }

    /** Makes the exception; fails if the type is gone, is no exception, or lost the constructor. */
    Throwable make(
            Rebuild how, String typeName, @Nullable ErrorCode code, @Nullable String message, @Nullable Throwable cause)
            throws ReflectiveOperationException {
        var type = Class.forName(typeName, false, loader).asSubclass(Throwable.class);
        Throwable made = make(how, type, code, message, cause);
        if (cause != null && made.getCause() == null && how != Rebuild.MESSAGE_AND_CAUSE) {
            try {
                made.initCause(cause);
            } catch (IllegalStateException fixed) {
                return made; // its constructor decided that it has no cause; so did the one that was encoded
            }
        }
        return made;
    }

    private static Throwable make(
            Rebuild how,
            Class<? extends Throwable> type,
            @Nullable ErrorCode code,
            @Nullable String message,
            @Nullable Throwable cause)
            throws ReflectiveOperationException {
        return switch (how) {
            case MESSAGE_AND_CAUSE ->
                constructor(type, String.class, Throwable.class).newInstance(message, cause);
            case MESSAGE -> constructor(type, String.class).newInstance(message);
            case CODE_MESSAGE_AND_CAUSE ->
                constructor(type, ErrorCode.class, String.class, Throwable.class)
                        .newInstance(code, message, cause);
            case NOTHING -> constructor(type).newInstance();
            case STAND_IN, ACTIVITY ->
                throw new IllegalArgumentException(how + " is made from the record, by no constructor");
        };
    }

    private static Constructor<? extends Throwable> constructor(Class<? extends Throwable> type, Class<?>... parameters)
            throws NoSuchMethodException {
        Constructor<? extends Throwable> constructor = type.getDeclaredConstructor(parameters);
        constructor.trySetAccessible();
        return constructor;
    }

    /** A copy made on trial; null if this way does not exist, or its constructor refuses these arguments. */
    private static @Nullable Throwable attempt(
            Rebuild how,
            Class<? extends Throwable> type,
            @Nullable ErrorCode code,
            @Nullable String message,
            @Nullable Throwable cause) {
        try {
            return make(how, type, code, message, cause);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static boolean isLike(Throwable copy, Throwable failure, @Nullable String message) {
        return Objects.equals(Messages.bareMessage(copy), message)
                && !(copy instanceof RomancyException one
                        && failure instanceof RomancyException other
                        && one.code() != other.code());
    }

    private boolean isFoundByName(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
