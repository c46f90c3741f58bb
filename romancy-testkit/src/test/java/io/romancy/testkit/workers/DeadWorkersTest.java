package io.romancy.testkit.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.ResultTimeoutException;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.Moment;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test does with workers that are dead or paused comes back. */
@Timeout(60)
class DeadWorkersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final WorkflowType<Void, String> WALK = WorkflowType.of("walk", Void.class, String.class);

    private final CountDownLatch walked = new CountDownLatch(1);

    private final TestRomancy romancy = TestRomancy.builder()
            .workers(2)
            .engine(builder -> builder.workflow(WALK, () -> (ctx, nothing) -> {
                ctx.step("step", walked::countDown);
                return "there";
            }))
            .open();

    @AfterEach
    void close() {
        romancy.close();
    }

    @Test
    void aDeadOneCanBeStopped() {
        romancy.workers().kill(0);

        romancy.workers().stop(0);

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void aDeadOneCanBeClosedByWhoeverHasIt() {
        romancy.workers().kill(0);

        romancy.workers().get(0).close();

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void aPausedOneGoesOnToBeStopped() {
        romancy.workers().pause(0);

        romancy.workers().stop(0);

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void whatTheTestAsksADeadOneFailsAndSaysWhy() {
        var dead = romancy.workers().get(0);
        romancy.workers().kill(0);

        assertThatThrownBy(() -> dead.start(WALK))
                .isInstanceOf(RomancyException.class)
                .hasMessageContaining("Worker 0 was killed on purpose")
                .hasMessageContaining("Call another worker.");
        assertThatThrownBy(() -> dead.handle("x").info()).hasMessageContaining("Worker 0 was killed on purpose");
        assertThatThrownBy(() -> dead.inTransaction(transaction -> "x"))
                .hasMessageContaining("Worker 0 was killed on purpose");
    }

    @Test
    void whatTheDeadOneRunsStandsStill() throws Exception {
        romancy.workers().killAfter(Moment.STEP).of("step");
        var walk = romancy.workers().get(0).start(WALK, StartOptions.id("w"));
        assertThat(walked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> walk.result(Duration.ofMillis(300)))
                .as("neither an end nor a failure")
                .isInstanceOf(ResultTimeoutException.class);
    }

    @Test
    void anInterruptEndsTheWaitForAPausedOne() throws Exception {
        romancy.workers().pause(0);
        var asking = Thread.ofPlatform()
                .start(() -> assertThatCode(
                                () -> romancy.workers().get(0).handle("x").info())
                        .hasMessageContaining("Worker 0 stands still on purpose"));
        romancy.workers().faults(0).awaitHeld(StorageCall.ASK, DEADLINE);

        asking.interrupt();

        assertThat(asking.join(DEADLINE)).isTrue();
    }
}
