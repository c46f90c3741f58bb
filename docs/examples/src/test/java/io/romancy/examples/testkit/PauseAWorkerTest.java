package io.romancy.examples.testkit;

import static io.romancy.testkit.record.EventConditions.claimLost;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A worker that slept through the end of its lease wakes up and can write nothing more. */
@RomancyTest(
        storage = {"memory", "sqlite", "postgres"},
        workers = 2)
class PauseAWorkerTest {
    static final WorkflowType<Void, Integer> COUNT = WorkflowType.of("count", Void.class, Integer.class);

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch awake = new CountDownLatch(1);

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(
                COUNT,
                () -> (ctx, nothing) -> ctx.step("count", Integer.class, () -> {
                    int attempt = attempts.incrementAndGet();
                    if (attempt == 1) {
                        begun.countDown();
                        awake.await();
                    }
                    return attempt;
                }));
    }

    @Test
    void theOutcomeOfThePausedWorkerDoesNotCount(TestRomancy romancy) throws InterruptedException {
        var count = romancy.workers().get(0).start(COUNT, StartOptions.id("count-1"));
        begun.await();

        romancy.workers().pause(0);
        romancy.workers().endLease(0);
        var result = romancy.workers().get(1).handle(count.id(), COUNT).result(ofMinutes(1));
        awake.countDown();
        romancy.workers().resume(0);

        romancy.events().await(claimLost("count-1"));
        assertThat(result).isEqualTo(2);
        assertThat(count.result(ofMinutes(1))).isEqualTo(2);
    }
}
