package io.romancy.examples.features;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import io.romancy.api.Step;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.TerminalException;
import java.io.IOException;

/**
 * A step is a piece of work in the outside world. It is tried again by its policy; what it returned, or failed with for good, is recorded
 * once. Failed attempts and the time of the next one survive a crash.
 */
public final class StepsAndRetries {
    static final WorkflowType<String, String> FORECAST = WorkflowType.of("forecast", String.class, String.class);

    private static final Step<String> ASK = Step.of("ask", String.class)
            .retry(RetryPolicy.defaults().attempts(4).delay(ofMillis(50)).multiplier(2))
            .timeout(ofSeconds(10));

    private StepsAndRetries() {}

    static String run(String database, String town) {
        var romancy = Romancy.builder()
                .database(database)
                .workflow(FORECAST, (ctx, where) -> {
                    try {
                        return ctx.step(ASK, activity -> askWeatherService(where, activity.attempt()));
                    } catch (TerminalException e) { // the same exception after a restart: it is in the record
                        return "no forecast: " + e.getMessage();
                    }
                })
                .open();
        try (romancy) {
            return romancy.start(FORECAST, town).result(ofMinutes(1));
        }
    }

    private static String askWeatherService(String town, int attempt) throws IOException {
        if (town.equals("Atlantis")) {
            throw new TerminalException("there is no " + town); // never tried again
        }
        if (attempt < 3) {
            throw new IOException("503"); // tried again, 4 times at most
        }
        return "sunny in " + town + ", said at attempt " + attempt;
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:steps.db", "Lisbon"));
        System.out.println(run("jdbc:sqlite:steps.db", "Atlantis"));
    }
}
