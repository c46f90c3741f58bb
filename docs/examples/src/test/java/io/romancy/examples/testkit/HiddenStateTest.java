package io.romancy.examples.testkit;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Tests replay a workflow after every wait. So state that is not in the history, here a counter outside of it, is found by the first test and
 * not by the first crash.
 */
@RomancyTest
class HiddenStateTest {
    static final WorkflowType<Void, Void> NEWSLETTER = WorkflowType.of("newsletter", Void.class, Void.class);

    private final AtomicInteger issue = new AtomicInteger();

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(NEWSLETTER, () -> this::newsletter);
    }

    @SuppressWarnings("NullAway") // null is the result of a workflow that has none
    Void newsletter(WorkflowContext ctx, Void nothing) {
        ctx.step("send issue " + issue.incrementAndGet(), () -> {});
        ctx.sleep(ofDays(7));
        ctx.step("send issue " + issue.incrementAndGet(), () -> {});
        return null;
    }

    @Test
    void aCounterOutsideTheHistoryIsFoundAtTheFirstWait(TestRomancy romancy) {
        var newsletter = romancy.start(NEWSLETTER);

        romancy.time().skip(ofDays(7));

        assertThat(newsletter.info().status()).isEqualTo(InstanceStatus.STUCK);
    }
}
