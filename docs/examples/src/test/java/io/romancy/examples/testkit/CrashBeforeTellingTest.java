package io.romancy.examples.testkit;

import static io.romancy.testkit.Moment.NOTIFY;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.Crash;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import org.junit.jupiter.api.Test;

/** A worker dies when its workflow waits and others are about to be told until when: they find it by themselves. */
@RomancyTest(
        storage = {"memory", "postgres"},
        workers = 2)
class CrashBeforeTellingTest {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(ORDER, (ctx, order) -> {
            ctx.sleep(ofMillis(100));
            return order + " packed";
        });
    }

    @Test
    void anOrderIsPackedThoughItsWorkerDiesBeforeItTellsTheOthers(TestRomancy romancy) {
        orderIsPacked(romancy, romancy.workers().killBefore(NOTIFY).of("timer_expired"));
    }

    @Test
    void anOrderIsPackedThoughItsWorkerDiesJustAfterItToldTheOthers(TestRomancy romancy) {
        orderIsPacked(romancy, romancy.workers().killAfter(NOTIFY).of("timer_expired"));
    }

    private static void orderIsPacked(TestRomancy romancy, Crash crash) {
        var order = romancy.start(ORDER, "apples");
        romancy.workers().endLease(crash.await(ofMinutes(1)));

        assertThat(romancy.handle(order.id(), ORDER).result(ofMinutes(1))).isEqualTo("apples packed");
    }
}
