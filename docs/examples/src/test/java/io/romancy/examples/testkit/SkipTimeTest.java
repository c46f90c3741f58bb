package io.romancy.examples.testkit;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Thirty days pass in milliseconds, also in a real database: here in three of them. */
@RomancyTest(storage = {"memory", "sqlite", "postgres"})
class SkipTimeTest {
    static final WorkflowType<String, String> TRIAL = WorkflowType.of("trial", String.class, String.class);

    private final List<String> mails = new CopyOnWriteArrayList<>();

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(TRIAL, () -> this::trial);
    }

    String trial(WorkflowContext ctx, String customer) {
        ctx.step("welcome", () -> mails.add("welcome " + customer));
        ctx.sleep(ofDays(23));
        ctx.step("remind", () -> mails.add("one week left, " + customer));
        ctx.sleep(ofDays(7));
        return "ended";
    }

    @Test
    void aTrialRemindsAWeekBeforeItsEnd(TestRomancy romancy) {
        var trial = romancy.start(TRIAL, "Ada");

        romancy.time().skip(ofDays(22));
        assertThat(mails).containsExactly("welcome Ada");

        romancy.time().skip(ofDays(8));
        assertThat(mails).containsExactly("welcome Ada", "one week left, Ada");
        assertThat(trial.result(ofMinutes(1))).isEqualTo("ended");
    }
}
