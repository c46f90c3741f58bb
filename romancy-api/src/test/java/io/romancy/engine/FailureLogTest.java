package io.romancy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator is told of failures that nobody asked for. */
class FailureLogTest {
    private final LogCapture lines = new LogCapture(FailureLog.class.getName());
    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final FailureLog log = new FailureLog(environment);

    @AfterEach
    void close() {
        lines.close();
    }

    private void retry(String id, String step, int attempt) {
        log.on(new EngineEvent.RetryScheduled(
                id, step, attempt, Duration.ofMillis(200), new IllegalStateException("the bank is closed")));
    }

    @Test
    void attemptsOfOneStepAreOneLineAMinuteWhoeverMakesThem() {
        retry("a", "charge:1", 1);
        retry("a", "charge:2", 1);
        retry("b", "charge:1", 2);
        retry("b", "ship:1", 1);
        environment.pass(Duration.ofMinutes(1));
        retry("b", "charge:1", 3);

        assertThat(lines.lines())
                .containsExactly(
                        "WARN Attempt 1 of 'charge:1' in instance a failed; the next one is in 200 ms",
                        "WARN Attempt 1 of 'ship:1' in instance b failed; the next one is in 200 ms",
                        "WARN Attempt 3 of 'charge:1' in instance b failed; the next one is in 200 ms"
                                + " (2 more since the last time)");
    }

    @Test
    void whatFailsIsToldAndWhatEndsOtherwiseIsNot() {
        var route = new Route("order", 2);
        log.on(new EngineEvent.WorkflowEnded("a", route, InstanceStatus.COMPLETED, null));
        log.on(new EngineEvent.WorkflowEnded("b", route, InstanceStatus.CANCELLED, null));
        log.on(new EngineEvent.WorkflowEnded(
                "c", route, InstanceStatus.FAILED, new IllegalStateException("the bank is closed")));

        assertThat(lines.lines()).containsExactly("WARN Instance c of workflow order/2 failed");
    }

    @Test
    void namesThatCarryDataShareALine() {
        for (int i = 0; i < 300; i++) {
            retry("a", "charge customer " + i + ":1", 1);
        }

        assertThat(lines.lines()).hasSize(201);
    }
}
