package io.romancy.api.error;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it was recorded: readable without the classes of the code that failed.
 *
 * @param types names of its class and of the classes above, up to and without {@code Throwable}
 * @param code its code, such as {@code ROM-3004}; null if it is none of Romancy's
 * @param message its message, at most some thousand characters of it
 * @param stackTrace its frames, innermost first; bounded
 * @param cause what caused it; null if nothing did, or below the depth that is recorded
 * @param suppressed what else failed on the way; bounded
 */
public record Failure(
        List<String> types,
        @Nullable String code,
        @Nullable String message,
        List<StackTraceElement> stackTrace,
        @Nullable Failure cause,
        List<Failure> suppressed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Failure {
        types = List.copyOf(types);
        stackTrace = List.copyOf(stackTrace);
        suppressed = List.copyOf(suppressed);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("a failure has a type");
        }
    }

    /** The name of its class. */
    public String type() {
        return types.getFirst();
    }

    /** Whether it was of this type or of a subtype when it was recorded. */
    public boolean is(Class<? extends Throwable> type) {
        return type == Throwable.class || types.contains(type.getName());
    }

    /** Type, code and message on one line, as its exception would be shown; what is null is left out. */
    @Override
    public String toString() {
        return Stream.of(type(), code, message).filter(Objects::nonNull).collect(Collectors.joining(": "));
    }
}
