package io.romancy.examples.features;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.WorkflowCancelledException;

/**
 * Cancelling asks a workflow to end, whatever it waits for and wherever it runs. It never goes on afterwards, and who asks for its result is
 * told the reason.
 */
public final class Cancel {
    static final WorkflowType<String, String> SUBSCRIPTION =
            WorkflowType.of("subscription", String.class, String.class);

    private Cancel() {}

    static String subscription(WorkflowContext ctx, String magazine) {
        ctx.sleep(ofDays(365)); // ends here and now when it is cancelled
        return magazine + " for a year";
    }

    static String run(String database) {
        try (var romancy = Romancy.builder()
                .database(database)
                .workflow(SUBSCRIPTION, Cancel::subscription)
                .open()) {
            var subscription = romancy.start(SUBSCRIPTION, "Knots and Splices");
            boolean first = subscription.cancel("moved to the mountains");
            try {
                return subscription.result(ofMinutes(1));
            } catch (WorkflowCancelledException e) {
                boolean again = subscription.cancel("once more");
                return e.reason() + ", asked: " + first + ", asked again: " + again;
            }
        }
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:cancel.db"));
    }
}
