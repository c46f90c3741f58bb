package io.romancy.engine.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.romancy.api.error.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it is stored. Fields are added, never renamed.
 *
 * @param types names of its class and the classes above it, without {@code Throwable}
 * @param message without the code in front
 * @param causeType what the constructor asks of a cause, if that is less than any {@code Throwable}
 * @param standsFor what an {@code ActivityFailedException} stands for; null for everything else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FailureRecord(
        List<String> types,
        @Nullable String code,
        @Nullable String message,
        Rebuild rebuild,
        @Nullable String causeType,
        List<Frame> stack,
        @Nullable FailureRecord cause,
        List<FailureRecord> suppressed,
        @Nullable FailureRecord standsFor) {
    FailureRecord {
        types = List.copyOf(types);
        stack = List.copyOf(stack);
        suppressed = List.copyOf(suppressed);
    }

    /** One line of a stack trace. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Frame(String type, String method, @Nullable String file, int line) {
        static Frame of(StackTraceElement element) {
            return new Frame(
                    element.getClassName(), element.getMethodName(), element.getFileName(), element.getLineNumber());
        }

        StackTraceElement element() {
            return new StackTraceElement(type, method, file, line);
        }
    }

    /** A record of which nothing but the description is known: its class may not be here. */
    static FailureRecord of(Failure failure) {
        return new FailureRecord(
                failure.types(),
                failure.code(),
                failure.message(),
                Rebuild.STAND_IN,
                null,
                failure.stackTrace().stream().map(Frame::of).toList(),
                failure.cause() == null ? null : of(failure.cause()),
                failure.suppressed().stream().map(FailureRecord::of).toList(),
                null);
    }

    /** The description. A stand-in is also of the types of what it stands for. */
    Failure describe() {
        return new Failure(
                standsFor == null ? types : concat(types, standsFor.types),
                code,
                message,
                List.of(frames()),
                cause == null ? null : cause.describe(),
                suppressed.stream().map(FailureRecord::describe).toList());
    }

    StackTraceElement[] frames() {
        return stack.stream().map(Frame::element).toArray(StackTraceElement[]::new);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return new ArrayList<>(
                Stream.concat(first.stream(), second.stream()).distinct().toList());
    }
}
