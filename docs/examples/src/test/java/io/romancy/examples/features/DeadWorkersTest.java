package io.romancy.examples.features;

import static io.romancy.testkit.Moment.COMMIT;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A worker that dies in the body of a step leaves no record of it: the next one does not know, and makes the same attempt. */
@RomancyTest(workers = 2)
class DeadWorkersTest {
    static final WorkflowType<String, String> PRINT = WorkflowType.of("print", String.class, String.class);

    private static final Step<Boolean> DRAW = Step.of("draw", Boolean.class);

    private final List<Integer> attempts = new CopyOnWriteArrayList<>();

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(PRINT, () -> this::print);
    }

    String print(WorkflowContext ctx, String picture) {
        ctx.step(DRAW, activity -> attempts.add(activity.attempt()));
        return picture;
    }

    @Test
    void theAttemptInWhichAWorkerDiedDoesNotCount(TestRomancy romancy) {
        var crash = romancy.workers().killBefore(COMMIT).of("draw");
        var print = romancy.start(PRINT, "a cat");
        romancy.workers().endLease(crash.await(ofMinutes(1)));

        assertThat(romancy.handle(print.id(), PRINT).result(ofMinutes(1))).isEqualTo("a cat");
        assertThat(attempts).containsExactly(1, 1);
    }

    @Test
    void whoIsCancelledMeanwhileIsNotTriedAgain(TestRomancy romancy) {
        var crash = romancy.workers().killBefore(COMMIT).of("draw");
        var print = romancy.start(PRINT, "a picture that is too large");
        int dead = crash.await(ofMinutes(1));
        var left = romancy.handle(print.id(), PRINT);

        left.cancel("it kills whoever draws it");
        romancy.workers().endLease(dead);

        assertThatThrownBy(() -> left.result(ofMinutes(1))).isInstanceOf(WorkflowCancelledException.class);
        assertThat(attempts).containsExactly(1);
    }
}
