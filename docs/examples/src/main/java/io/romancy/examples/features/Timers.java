package io.romancy.examples.features;

import static java.time.Duration.between;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import java.time.Duration;

/**
 * Sleeping is a row in the database: it costs no thread, outlives the process, and goes by the database's clock. {@code now()} is the time of
 * the last record, the same in every replay.
 */
public final class Timers {
    static final WorkflowType<Duration, Duration> NAP = WorkflowType.of("nap", Duration.class, Duration.class);

    private Timers() {}

    static Duration nap(WorkflowContext ctx, Duration time) {
        var begun = ctx.now();
        ctx.sleep(time);
        ctx.sleepUntil(begun); // past: goes on at once
        return between(begun, ctx.now());
    }

    static Duration run(String database, Duration time) {
        try (var romancy =
                Romancy.builder().database(database).workflow(NAP, Timers::nap).open()) {
            return romancy.start(NAP, time).result(ofMinutes(1));
        }
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:timers.db", ofMillis(700)));
    }
}
