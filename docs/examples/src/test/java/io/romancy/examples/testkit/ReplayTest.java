package io.romancy.examples.testkit;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.replay.Replays;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that started with the code of last month go on with that of today: a replay test says whether they can. */
@RomancyTest
class ReplayTest {
    static final WorkflowType<String, String> RENTAL = WorkflowType.of("rental", String.class, String.class);
    static final Mailbox<String> RETURNED = Mailbox.of("returned", String.class);
    static final Path HISTORIES = Path.of("src/test/resources/histories");

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(RENTAL, ReplayTest::rental);
    }

    static String rental(WorkflowContext ctx, String item) {
        ctx.step("hand out", () -> {});
        var place = ctx.receive(RETURNED, ofDays(14));
        if (place.isEmpty()) {
            ctx.step("remind", () -> {});
            place = ctx.receive(RETURNED, ofDays(7));
        }
        return item + (place.isPresent() ? " is back in " + place.get() : " is lost");
    }

    @Test
    void todaysCodeFollowsEveryHistory() {
        Replays.check(RENTAL, ReplayTest::rental, HISTORIES);
    }

    @Test
    void aChangeThatRunningInstancesCannotFollowIsFound() {
        Durable<String, String> changed = (ctx, item) -> {
            ctx.step("hand out", () -> {});
            ctx.step("insure", () -> {});
            return rental(ctx, item);
        };

        assertThatThrownBy(() -> Replays.check(RENTAL, changed, HISTORIES.resolve("rental-lost.json")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(">     1  WAIT_TIMED_OUT receive:returned_1  insure:1");
    }

    @Test
    void aHistoryIsRecordedFromATest(TestRomancy romancy, @TempDir Path folder) {
        romancy.start(RENTAL, "tent", StartOptions.id("rental-1"));
        romancy.time().skip(ofDays(15));

        romancy.history("rental-1").write(folder.resolve("rental-reminded.json"));

        Replays.check(RENTAL, ReplayTest::rental, folder);
    }
}
