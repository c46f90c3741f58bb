package io.romancy.engine.codec;

import io.romancy.spi.error.ErrorCode;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which the class of an exception lets itself be made. */
final class Constructors {
    private static final String ANY_CAUSE = Throwable.class.getName();

    private Constructors() {}

    /**
     * One way.
     *
     * @param causeType what the constructor asks of a cause, if that is less than any {@code Throwable}
     */
    record Way(Rebuild how, @Nullable String causeType) {
        static final Way STAND_IN = new Way(Rebuild.STAND_IN, null);
        static final Way ACTIVITY = new Way(Rebuild.ACTIVITY, null);
    }

    /** Every way to try, the preferred ones first. */
    static List<Way> ways(Class<? extends Throwable> type, @Nullable Throwable cause) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(Rebuild.MESSAGE_AND_CAUSE, null));
        Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor ->
                        takesMessageAndCause(constructor) && constructor.getParameterTypes()[1].isInstance(cause))
                .map(constructor -> constructor.getParameterTypes()[1].getName())
                .filter(causeType -> !causeType.equals(ANY_CAUSE))
                .sorted(Comparator.naturalOrder())
                .forEach(causeType -> ways.add(new Way(Rebuild.MESSAGE_AND_CAUSE, causeType)));
        ways.add(new Way(Rebuild.MESSAGE, null));
        ways.add(new Way(Rebuild.CODE_MESSAGE_AND_CAUSE, null));
        ways.add(new Way(Rebuild.NOTHING, null));
        return ways;
    }

    /** Makes one; fails if the way does not exist or the constructor refuses. */
    static Throwable make(
            Class<? extends Throwable> type,
            Way way,
            @Nullable ErrorCode code,
            @Nullable String message,
            @Nullable Throwable cause)
            throws ReflectiveOperationException {
        Throwable made = switch (way.how) {
            case MESSAGE_AND_CAUSE -> open(withCause(type, way.causeType)).newInstance(message, cause);
            case MESSAGE -> open(type.getDeclaredConstructor(String.class)).newInstance(message);
            case CODE_MESSAGE_AND_CAUSE ->
                open(type.getDeclaredConstructor(ErrorCode.class, String.class, Throwable.class))
                        .newInstance(code, message, cause);
            case NOTHING -> open(type.getDeclaredConstructor()).newInstance();
            case STAND_IN, ACTIVITY ->
                throw new IllegalArgumentException(way.how + " is made from the record, by no constructor");
        };
        if (cause != null && made.getCause() == null) {
            initCause(made, cause);
        }
        return made;
    }

    private static void initCause(Throwable made, Throwable cause) {
        try {
            made.initCause(cause);
        } catch (IllegalStateException fixed) {
            // Its constructor has decided that it has no cause, and says the same in every replay.
            return;
        }
    }

    private static Constructor<? extends Throwable> withCause(
            Class<? extends Throwable> type, @Nullable String causeType) throws NoSuchMethodException {
        String wanted = causeType == null ? ANY_CAUSE : causeType;
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (takesMessageAndCause(constructor)
                    && constructor.getParameterTypes()[1].getName().equals(wanted)) {
                return type.getDeclaredConstructor(constructor.getParameterTypes());
            }
        }
        throw new NoSuchMethodException(type.getName() + "(String, " + wanted + ")");
    }

    private static boolean takesMessageAndCause(Constructor<?> constructor) {
        Class<?>[] parameters = constructor.getParameterTypes();
        return parameters.length == 2
                && parameters[0] == String.class
                && Throwable.class.isAssignableFrom(parameters[1]);
    }

    /** A constructor need not be public; one of a module that does not open itself stays shut, and then the call fails. */
    private static <T> Constructor<T> open(Constructor<T> constructor) {
        constructor.trySetAccessible();
        return constructor;
    }
}
