package io.romancy.examples.testkit;

import static io.romancy.testkit.Moment.COMMIT;
import static io.romancy.testkit.Moment.STEP;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.Crash;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A worker dies at the worst moments; another one goes on where the records end. */
@RomancyTest(workers = 2)
class CrashPointsTest {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);

    private static final Step<Boolean> CHARGE = Step.of("charge", Boolean.class);

    private final List<String> charged = new CopyOnWriteArrayList<>();

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(ORDER, () -> this::order);
    }

    String order(WorkflowContext ctx, String customer) {
        ctx.step(CHARGE, activity -> charged.add(activity.idempotencyKey()));
        ctx.step("ship", () -> {});
        return "shipped to " + customer;
    }

    @Test
    void aWorkerThatDiesBeforeItChargesChargesNobody(TestRomancy romancy) {
        var crash = romancy.workers().killBefore(STEP).of("charge");

        assertThat(orderSurvives(romancy, crash)).isEqualTo("shipped to Ada");
        assertThat(charged).hasSize(1);
    }

    @Test
    void aWorkerThatDiesBeforeTheRecordChargesAgainUnderTheSameKey(TestRomancy romancy) {
        var crash = romancy.workers().killBefore(COMMIT).of("charge");

        assertThat(orderSurvives(romancy, crash)).isEqualTo("shipped to Ada");
        assertThat(charged).hasSize(2).containsOnly(charged.getFirst());
    }

    @Test
    void aWorkerThatDiesAfterTheRecordChargesOnce(TestRomancy romancy) {
        var crash = romancy.workers().killAfter(COMMIT).of("charge");

        assertThat(orderSurvives(romancy, crash)).isEqualTo("shipped to Ada");
        assertThat(charged).hasSize(1);
    }

    private static String orderSurvives(TestRomancy romancy, Crash crash) {
        var order = romancy.start(ORDER, "Ada");
        int dead = crash.await(ofMinutes(1));
        romancy.workers().endLease(dead); // or wait some seconds for its end

        return romancy.handle(order.id(), ORDER).result(ofMinutes(1));
    }
}
