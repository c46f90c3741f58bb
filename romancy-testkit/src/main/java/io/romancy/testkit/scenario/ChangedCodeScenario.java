package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.stuck;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.annotation.Vetoed;
import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.WorkflowStuckException;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Code that changed under a running instance: it is parked with a diagnosis, never guessed. */
public abstract class ChangedCodeScenario extends Scenario {
    private final Tally tally = new Tally();

    private final Durable<String, String> old = (ctx, input) -> {
        ctx.step("reserve", () -> tally.mark("reserve"));
        ctx.step("charge", () -> tally.mark("charge"));
        String go = ctx.receive(GO);
        ctx.step("ship", () -> tally.mark("ship"));
        return go;
    };

    private String waiting(WorkflowType<String, String> type) {
        String id = id();
        try (var before = worker(options -> options.workflow(type, old))) {
            before.romancy().start(type, "x", StartOptions.id(id));
            before.events().await(suspended(id));
        }
        return id;
    }

    private void isStuck(
            WorkflowType<String, String> type, String id, Durable<String, String> changed, String... says) {
        try (var after = worker(options -> options.workflow(type, changed))) {
            after.romancy().send(id, GO, "go");
            after.events().await(stuck(id));
            assertThat(status(id)).isEqualTo(InstanceStatus.STUCK);
            assertThatThrownBy(() -> result(after.romancy().handle(id, type)))
                    .isInstanceOfSatisfying(
                            WorkflowStuckException.class,
                            stuck ->
                                    assertThat(stuck.diagnosis()).contains(says).contains(id));
            assertThat(operations(id)).as("nothing is written").containsExactly("reserve:1", "charge:1");
        }
    }

    @Test
    void aWaitWhoseLimitWasTakenAwayIsFoundOut() {
        var type = texts();
        String id = id();
        try (var before = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.compensate(() -> tally.mark("undone"));
            return ctx.receive(GO, Duration.ofDays(1)).orElse("nothing");
        }))) {
            before.romancy().start(type, "x", StartOptions.id(id));
            before.events().await(suspended(id));
        }

        var after = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.compensate(() -> tally.mark("undone"));
            return ctx.receive(GO);
        }));
        skip(Duration.ofDays(2));

        after.events().await(stuck(id));
        assertThat(status(id)).isEqualTo(InstanceStatus.STUCK);
        assertThat(tally.all()).as("and nothing is undone").isEmpty();
    }

    private void goesOnWithTheOldCode(WorkflowType<String, String> type, String id) {
        var repaired = worker(options -> options.workflow(type, old));
        var handle = repaired.romancy().handle(id, type);

        assertThat(handle.retry()).isTrue();

        assertThat(result(handle)).isEqualTo("go");
        assertThat(tally.all()).containsExactly("reserve", "charge", "ship");
    }

    @Test
    void anotherStepIsFoundOutAndTheOldCodeGoesOnAfterARetry() {
        var type = texts();
        String id = waiting(type);

        isStuck(
                type,
                id,
                (ctx, input) -> {
                    ctx.step("reserve", () -> tally.mark("again"));
                    ctx.step("bill", () -> tally.mark("never"));
                    return ctx.receive(GO);
                },
                "bill:1",
                "charge:1");

        goesOnWithTheOldCode(type, id);
    }

    @Test
    void anotherKindOfOperationIsFoundOut() {
        var type = texts();
        String id = waiting(type);

        isStuck(
                type,
                id,
                (ctx, input) -> {
                    ctx.step("reserve", () -> {});
                    ctx.sleep(Duration.ofDays(1));
                    return ctx.receive(GO);
                },
                "timer:sleep_1",
                "charge:1");

        goesOnWithTheOldCode(type, id);
    }

    @Test
    void codeThatEndsBeforeItsHistoryIsFoundOut() {
        var type = texts();
        String id = waiting(type);

        isStuck(
                type,
                id,
                (ctx, input) -> {
                    ctx.step("reserve", () -> {});
                    return "short";
                },
                "charge:1");

        goesOnWithTheOldCode(type, id);
    }

    @Test
    void codeThatFailsBeforeItsHistoryEndsIsFoundOut() {
        var type = texts();
        String id = waiting(type);

        isStuck(
                type,
                id,
                (ctx, input) -> {
                    ctx.step("reserve", () -> {});
                    throw new IllegalStateException("a defect of the new code");
                },
                "charge:1");

        goesOnWithTheOldCode(type, id);
    }

    @Test
    void aResultThatCannotBeReadAsItsNewTypeIsFoundOut() {
        var type = texts();
        String id = id();
        Durable<String, String> asText = (ctx, input) -> {
            String text = ctx.step("value", String.class, () -> "no number");
            return text + ctx.receive(GO);
        };
        try (var before = worker(options -> options.workflow(type, asText))) {
            before.romancy().start(type, "x", StartOptions.id(id));
            before.events().await(suspended(id));
        }
        try (var after = worker(options -> options.workflow(type, (ctx, input) -> {
            Integer number = ctx.step("value", Integer.class, () -> 1);
            return number + ctx.receive(GO);
        }))) {
            after.romancy().send(id, GO, "!");
            after.events().await(stuck(id));
        }
        var repaired = worker(options -> options.workflow(type, asText));

        assertThat(repaired.romancy().handle(id).retry()).isTrue();

        assertThat(result(repaired.romancy().handle(id, type))).isEqualTo("no number!");
    }

    @Test
    void aRetryWithoutTheOldCodeIsStuckAgain() {
        var type = texts();
        String id = waiting(type);
        Durable<String, String> changed = (ctx, input) -> ctx.step("other", String.class, () -> "x");
        var after = worker(options -> options.workflow(type, changed));
        after.romancy().send(id, GO, "go");
        after.events().await(stuck(id));

        after.romancy().handle(id).retry();

        after.events().await(stuck(id).times(2));
        assertThat(status(id)).isEqualTo(InstanceStatus.STUCK);
    }

    @Test
    void newStepsAtTheEndAreNoMismatch() {
        var type = texts();
        String id = waiting(type);
        var after = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("reserve", () -> {});
            ctx.step("charge", () -> {});
            String go = ctx.receive(GO);
            ctx.step("pack", () -> tally.mark("pack"));
            ctx.step("ship", () -> tally.mark("ship"));
            return go;
        }));

        after.romancy().send(id, GO, "go");

        assertThat(result(after.romancy().handle(id, type))).isEqualTo("go");
        assertThat(tally.all()).containsExactly("reserve", "charge", "pack", "ship");
    }

    /** The first version. */
    @Vetoed // no application gets it as a bean
    @Workflow("scenario_versioned")
    public static final class Old implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            ctx.step("old", () -> {});
            return "old " + ctx.receive(GO);
        }
    }

    /** The second version, rewritten. */
    @Vetoed // no application gets it as a bean
    @Workflow(value = "scenario_versioned", version = 2)
    public static final class New implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            ctx.step("new", () -> {});
            return "new " + ctx.receive(GO);
        }
    }

    @Test
    void twoVersionsRunSideBySide() {
        String first = id();
        String second = id();
        try (var before = worker(options -> options.workflow(Old.class, Old::new))) {
            before.romancy().start(Old.class, "x", StartOptions.id(first));
            before.events().await(suspended(first));
        }
        var after = worker(options -> options.workflow(Old.class, Old::new).workflow(New.class, New::new));
        var byName = WorkflowType.of("scenario_versioned", String.class, String.class);
        after.romancy().start(byName, "x", StartOptions.id(second));

        after.romancy().send(first, GO, "a");
        after.romancy().send(second, GO, "b");

        assertThat(result(after.romancy().handle(first, Old.class))).isEqualTo("old a");
        assertThat(result(after.romancy().handle(second, New.class))).isEqualTo("new b");
        assertThat(info(second).route().version()).isEqualTo(2);
    }
}
