package io.romancy.examples.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.TerminalException;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A stub stands in for the body of a step; recording, retries and replay are the real ones. */
@RomancyTest
class StubStepsTest {
    static final WorkflowType<String, String> FORECAST = WorkflowType.of("forecast", String.class, String.class);

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(FORECAST, StubStepsTest::forecast);
    }

    static String forecast(WorkflowContext ctx, String town) {
        try {
            return town + ": "
                    + ctx.step("ask", String.class, () -> {
                        throw new AssertionError("no test asks the real weather service");
                    });
        } catch (TerminalException e) {
            return town + " is unknown";
        }
    }

    @Test
    void aStubAnswersInsteadOfTheService(TestRomancy romancy) {
        romancy.stub("ask").returns("sunny");

        assertThat(romancy.start(FORECAST, "Lisbon").result(ofMinutes(1))).isEqualTo("Lisbon: sunny");
    }

    @Test
    void aFailureIsTriedAgain(TestRomancy romancy) {
        var ask = romancy.stub("ask").runs(activity -> {
            if (activity.attempt() < 3) {
                throw new IOException("503");
            }
            return "rainy";
        });

        assertThat(romancy.start(FORECAST, "London").result(ofMinutes(1))).isEqualTo("London: rainy");
        assertThat(ask.calls()).isEqualTo(3);
    }

    @Test
    void aTerminalFailureIsNot(TestRomancy romancy) {
        var ask = romancy.stub("ask").fails(new TerminalException("no such town"));

        assertThat(romancy.start(FORECAST, "Atlantis").result(ofMinutes(1))).isEqualTo("Atlantis is unknown");
        assertThat(ask.calls()).isEqualTo(1);
    }
}
