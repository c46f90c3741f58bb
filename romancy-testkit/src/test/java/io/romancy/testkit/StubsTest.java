package io.romancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@RomancyTest
class StubsTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final WorkflowType<String, String> DICE = WorkflowType.of("dice", String.class, String.class);

    @EngineSetup
    void setup(RomancyBuilder builder) {
        builder.workflow(
                DICE,
                () -> (ctx, input) -> ctx.step("roll", String.class, () -> "1")
                        + ctx.step("roll", String.class, () -> "2")
                        + ctx.step("roll", String.class, () -> "3"));
    }

    @Test
    void oneOccurrenceIsStubbedAloneAndBeforeAll(TestRomancy romancy) {
        var all = romancy.stub("roll").returns("6");
        var second = romancy.stub("roll:2").returns("5");

        assertThat(romancy.start(DICE, "").result(DEADLINE)).isEqualTo("656");

        assertThat(all.calls()).isEqualTo(2);
        assertThat(second.calls()).isEqualTo(1);
    }

    @Test
    void theOthersRunAsTheyAre(TestRomancy romancy) {
        var third = romancy.stub("roll:3")
                .fails(new IOException("it fell from the table"))
                .times(1);

        assertThat(romancy.start(DICE, "").result(DEADLINE)).isEqualTo("123");

        assertThat(third.calls()).isEqualTo(2);
    }
}
