package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.annotation.Vetoed;
import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.ResultTimeoutException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.api.error.WorkflowNotFoundException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Workflows from their start to their end. */
public abstract class WorkflowScenario extends Scenario {

    @Test
    void runsToTheEndAndKeepsItsOutput() {
        var greet = texts();
        var worker = worker(options ->
                options.workflow(greet, (ctx, name) -> ctx.step("hello", String.class, () -> "Hello " + name)));
        String id = id();

        var handle = worker.romancy().start(greet, "Ada", StartOptions.id(id));

        assertThat(result(handle)).isEqualTo("Hello Ada");
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(handle.info().endedAt()).isNotNull();
        worker.close();
        assertThat(result(client().romancy().handle(id, greet))).isEqualTo("Hello Ada");
    }

    @Test
    void aRefusalThatWasCaughtIsMetAgainInAReplay() {
        var type = texts();
        var other = texts();
        String taken = id();
        var worker = worker(options -> options.maxParkedWorkflows(0)
                .workflow(other, (ctx, input) -> ctx.receive(GO))
                .workflow(type, (ctx, input) -> {
                    String way = "none";
                    try {
                        ctx.start(other, "another input", StartOptions.id(taken));
                    } catch (RomancyException refused) {
                        way = ctx.step(
                                "fallback", String.class, () -> refused.code().name());
                    }
                    ctx.sleep(Duration.ofMillis(2));
                    try {
                        ctx.send(taken, Mailbox.of("unwritable", Object.class), new Object());
                    } catch (RomancyException refused) {
                        way += " " + refused.code();
                    }
                    ctx.sleep(Duration.ofMillis(2));
                    return way;
                }));
        worker.romancy().start(other, "x", StartOptions.id(taken));

        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("START_CONFLICT PAYLOAD_UNWRITABLE");
    }

    @Test
    void ofTwoStartsOfOneIdTheOneThatDiffersIsRefusedBeforeTheFirstIsWritten() {
        var type = texts();
        var other = texts();
        String twice = id();
        var worker =
                worker(options -> options.workflow(other, (ctx, input) -> input).workflow(type, (ctx, input) -> {
                    ctx.start(other, "one", StartOptions.id(twice));
                    ctx.start(other, "one", StartOptions.id(twice));
                    try {
                        ctx.start(other, "two", StartOptions.id(twice));
                        return "started";
                    } catch (RomancyException refused) {
                        return refused.code().name();
                    }
                }));

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("START_CONFLICT");

        assertThat(result(worker.romancy().handle(twice, other))).isEqualTo("one");
    }

    @Test
    @SuppressWarnings("NullAway") // null is the only value of Void
    void takesNoInputAndGivesNoOutputIfItsTypesSaySo() {
        var nothing = WorkflowType.of(unique("nothing"), Void.class, Void.class);
        var tally = new Tally();
        var worker = worker(options -> options.workflow(nothing, (ctx, none) -> {
            ctx.step("only", () -> tally.mark("only"));
            return null;
        }));

        assertThat(result(worker.romancy().start(nothing))).isNull();

        assertThat(tally.of("only")).isEqualTo(1);
    }

    /** Its field would be shared by all instances, and grow in every replay, if objects were used twice. */
    @Vetoed // no application gets it as a bean
    @Workflow("scenario_counting")
    public static final class Counting implements Durable<Integer, Integer> {
        private int sum;

        @Override
        public Integer run(WorkflowContext ctx, Integer until) {
            for (int i = 1; i <= until; i++) {
                int next = i;
                sum += ctx.step("count", Integer.class, () -> next);
                ctx.sleep(Duration.ZERO);
            }
            return sum;
        }
    }

    @Test
    void aClassGetsANewObjectForEachActivation() {
        var worker = worker(options -> options.workflow(Counting.class, Counting::new));

        var first = worker.romancy().start(Counting.class, 4);
        var second = worker.romancy().start(Counting.class, 3);

        assertThat(result(first)).isEqualTo(10);
        assertThat(result(second)).isEqualTo(6);
        assertThat(first.info().workflow()).isEqualTo("scenario_counting");
    }

    @Test
    void operationsAreNamedByWhatTheyAreAndHowOftenTheyCame() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, gift) -> {
            for (int i = 0; i < 3; i++) {
                ctx.step("charge", () -> {});
            }
            if (gift.equals("gift")) {
                ctx.step("gift", () -> {});
            }
            ctx.sleep(Duration.ZERO);
            ctx.step("charge", () -> {});
            return gift;
        }));
        String with = id();
        String without = id();

        result(worker.romancy().start(type, "gift", StartOptions.id(with)));
        result(worker.romancy().start(type, "none", StartOptions.id(without)));

        assertThat(operations(with))
                .containsExactly("charge:1", "charge:2", "charge:3", "gift:1", "timer:sleep_1", "charge:4");
        assertThat(operations(without))
                .containsExactly("charge:1", "charge:2", "charge:3", "timer:sleep_1", "charge:4");
    }

    @Test
    void whatLeavesItFailsIt() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, why) -> {
            throw new IOException(why);
        }));

        var handle = worker.romancy().start(type, "disk full");

        assertThatThrownBy(() -> result(handle))
                .isInstanceOfSatisfying(WorkflowFailedException.class, failed -> {
                    assertThat(failed.is(IOException.class)).isTrue();
                    assertThat(failed.failure().message()).isEqualTo("disk full");
                    assertThat(failed.id()).isEqualTo(handle.id());
                })
                .hasCauseInstanceOf(IOException.class);
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.FAILED);
    }

    @Test
    void aFailedOneGoesOnAtTheStepThatFailedWhenItIsRetried() {
        var type = texts();
        var tally = new Tally();
        var repaired = new AtomicBoolean();
        var worker = worker(options -> options.defaultRetry(RetryPolicy.none()).workflow(type, (ctx, input) -> {
            ctx.step("before", () -> tally.mark("before"));
            return ctx.step("broken", String.class, () -> {
                if (!repaired.get()) {
                    throw new IOException("broken");
                }
                return "repaired";
            });
        }));
        var handle = worker.romancy().start(type, "x");
        assertThatThrownBy(() -> result(handle)).isInstanceOf(WorkflowFailedException.class);
        repaired.set(true);

        assertThat(handle.retry()).isTrue();

        assertThat(result(handle))
                .as("also by the handle that has seen it fail")
                .isEqualTo("repaired");
        assertThat(handle.resultAsync()).succeedsWithin(DEADLINE).isEqualTo("repaired");
        assertThat(tally.of("before")).isEqualTo(1);
        assertThat(handle.retry()).isFalse();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesAnInputOfAnotherType() {
        WorkflowType type = texts();
        var worker = worker(options -> options.workflow((WorkflowType<String, String>) type, (ctx, text) -> text));
        String id = id();

        assertThatThrownBy(() -> worker.romancy().start(type, 42, StartOptions.id(id)))
                .isInstanceOfSatisfying(RomancyException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                    assertThat(refused).hasMessageContaining("Integer").hasMessageContaining("String");
                });

        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void anExistingIdMeansTheInstanceThatHasItAlsoWhenItEnded() {
        var type = texts();
        var tally = new Tally();
        var worker = worker(options -> options.workflow(type, (ctx, text) -> {
            ctx.step("once", () -> tally.mark("once"));
            return ctx.receive(GO);
        }));
        String id = id();

        var first = worker.romancy().start(type, "same", StartOptions.id(id));
        worker.events().await(suspended(id));
        var second = worker.romancy().start(type, "same", StartOptions.id(id));
        second.send(GO, "done");
        assertThat(result(first)).isEqualTo("done");
        assertThat(result(second)).isEqualTo("done");
        var third = worker.romancy().start(type, "same", StartOptions.id(id));

        assertThat(result(third)).isEqualTo("done");
        assertThat(tally.of("once")).isEqualTo(1);
    }

    @Test
    void anExistingIdIsRefusedForAnotherInputOrAnotherWorkflow() {
        var type = texts();
        var other = texts();
        var worker =
                worker(options -> options.workflow(type, (ctx, text) -> text).workflow(other, (ctx, text) -> text));
        String id = id();
        result(worker.romancy().start(type, "same", StartOptions.id(id)));

        assertThatThrownBy(() -> worker.romancy().start(type, "another", StartOptions.id(id)))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.START_CONFLICT));
        assertThatThrownBy(() -> worker.romancy().start(other, "same", StartOptions.id(id)))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.START_CONFLICT));
    }

    @Test
    void aResultThatIsNotThereYetIsATimeOutAndHarmsNothing() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, text) -> ctx.receive(GO)));
        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> handle.result(Duration.ofMillis(1))).isInstanceOf(ResultTimeoutException.class);

        handle.send(GO, "later");
        assertThat(result(handle)).isEqualTo("later");
    }

    @Test
    void aResultCanBeHadWithoutWaiting() throws Exception {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, text) -> ctx.receive(GO)));
        String id = worker.romancy().start(type, "x").id();
        var elsewhere = client().romancy().handle(id, type).resultAsync();

        worker.romancy().send(id, GO, "there");

        assertThat(elsewhere.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("there");
    }

    @Test
    void anUnknownIdIsAClearError() {
        var romancy = client().romancy();
        String unknown = id();

        assertThatThrownBy(() -> romancy.handle(unknown).info()).isInstanceOf(WorkflowNotFoundException.class);
        assertThatThrownBy(() -> romancy.handle(unknown).cancel("x")).isInstanceOf(WorkflowNotFoundException.class);
        assertThatThrownBy(() -> romancy.handle(unknown).retry()).isInstanceOf(WorkflowNotFoundException.class);
        assertThatThrownBy(() -> romancy.send(unknown, Mailbox.of("any", String.class), "x"))
                .isInstanceOf(WorkflowNotFoundException.class);
        assertThatThrownBy(() -> romancy.handle(unknown, texts()).result(DEADLINE))
                .isInstanceOf(WorkflowNotFoundException.class);
    }

    @Test
    void theEngineIsNotToBeCalledFromAWorkflowsOwnCode() {
        var type = texts();
        var engine = new CompletableFuture<Romancy>();
        var worker = worker(options -> options.workflow(type, (ctx, text) -> {
            engine.join().start(type, text);
            return text;
        }));
        engine.complete(worker.romancy());

        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> result(handle))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.WRONG_PLACE.id()));
    }

    @Test
    void aStepMayCallTheEngine() {
        var type = texts();
        var child = texts();
        var engine = new CompletableFuture<Romancy>();
        var worker = worker(options -> options.workflow(child, (ctx, text) -> text + "!")
                .workflow(
                        type,
                        (ctx, text) -> ctx.step(
                                "start",
                                String.class,
                                () -> result(engine.join().start(child, text)))));
        engine.complete(worker.romancy());

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("x!");
    }
}
