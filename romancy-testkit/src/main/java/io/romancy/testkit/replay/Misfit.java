package io.romancy.testkit.replay;

import io.romancy.spi.model.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a history does not go with today's code.
 *
 * @param message for people, without the name of the history
 * @param recorded what the history has, for tools that compare
 * @param found what today's code makes of it
 */
record Misfit(String message, String recorded, String found) {
    /** Something recorded cannot be read by today's types. */
    static Misfit unreadable(String what, @Nullable Payload recorded, String diagnosis) {
        String json = PayloadJson.line(recorded);
        return new Misfit(
                "its " + what + " cannot be read by today's code.%n%n%s%n%nIt is%n%s".formatted(diagnosis, json),
                json,
                diagnosis);
    }

    /** The code blocks by itself: in a replay nothing else waits. */
    static Misfit hangs(Thread thread, Duration deadline) {
        String stack = Arrays.stream(thread.getStackTrace())
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining(System.lineSeparator()));
        return new Misfit(
                "its replay does not end within " + deadline
                        + ". In a replay nothing waits but the workflow's own code; let it wait in ctx.sleep, ctx.receive or a"
                        + " step." + System.lineSeparator() + stack,
                "a replay that ends",
                "one that hangs");
    }
}
