package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.compensated;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Compensation;
import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.testkit.fault.StorageCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compensation by itself: it is recorded, tried again and replayed as a step is, and its failure is kept. */
public abstract class CompensationScenario extends SagaTheme {
    @Test
    void itIsTriedAgainLikeAStep() {
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> {
                tally.mark("attempt");
                if (tally.of("attempt") < 3) {
                    throw new IOException("not yet");
                }
            });
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        assertThat(tally.of("attempt")).isEqualTo(3);
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
        assertThat(operations(handle.id())).containsExactly("compensating", "compensate:1", "compensated");
    }

    /** A commit has a bound on its changes, which one of these comes to with the very last record. */
    @ParameterizedTest
    @ValueSource(ints = {248, 249, 250})
    void theLastRecordIsWrittenWithTheEndHoweverMuchGoesBefore(int messages) {
        Topic<String> news = broadcast();
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> {
                for (int i = 0; i < messages; i++) {
                    ctx.publish(news, "undone");
                }
            });
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        assertThat(worker.faults().log().written(handle.id()))
                .map(written -> (Commit.OfRun) written.commit())
                .filteredOn(commit -> commit.changes().stream()
                        .anyMatch(change -> change instanceof Change.Append(var step, boolean isFirst)
                                && step.name().equals("compensated")))
                .extracting(Commit.OfRun::transition)
                .hasOnlyElementsOfType(Transition.Fail.class);
    }

    @Test
    void oneThatFailsForGoodIsSeenAndStopsNoOther() {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> {
                tally.mark("attempt");
                throw new IOException("the bank is closed");
            });
            did(ctx, "c");
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        var failure = failed(handle, IllegalStateException.class);

        assertThat(failure.failure().suppressed()).singleElement().satisfies(other -> {
            assertThat(other.is(IOException.class)).isTrue();
            assertThat(other.message()).isEqualTo("the bank is closed");
        });
        assertThat(tally.all()).containsExactly("a", "c", "undo c", "attempt", "attempt", "attempt", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
        assertThat(worker.events().count(compensated(handle.id(), "compensate:1", true)))
                .isEqualTo(1);
        assertThat(worker.events().count(compensated(handle.id(), "compensate:a:1", false)))
                .isEqualTo(1);
    }

    @Test
    void theTimeInsideOfItIsTheSameInAReplay() {
        List<Instant> times = Collections.synchronizedList(new ArrayList<>());
        var worker = worker(options -> options.maxParkedWorkflows(0).workflow(type, (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> {
                times.add(ctx.now());
                ctx.sleep(Duration.ofMillis(2));
                times.add(ctx.now());
                tally.mark("attempt");
                if (tally.of("attempt") < 2) {
                    throw new IOException("not yet");
                }
            });
            throw new IllegalStateException("no further");
        }));
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        var distinct = new LinkedHashSet<>(times);
        assertThat(times.size()).as("it was replayed").isGreaterThan(distinct.size());
        assertThat(distinct)
                .as("of each attempt one before the sleep, and one after")
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void itsStepsAreTriedByTheirOwnPolicyAndNotOnceMoreByIts() {
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> ctx.step(
                    Step.of("refund", Void.class)
                            .retry(RetryPolicy.defaults().attempts(2).delay(Duration.ZERO)),
                    activity -> {
                        tally.mark("refund " + activity.attempt());
                        throw new IOException("broken");
                    }));
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        assertThat(tally.all()).containsExactly("refund 1", "refund 2");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
        assertThat(operations(handle.id()))
                .containsExactly("compensating", "compensate:1", "compensate:1/refund:1", "compensated");
    }

    @Test
    void itMayWaitSendAndReceiveAndReplaysWithoutASecondEffect() {
        var answer = Mailbox.of("answer", String.class);
        var bank = texts();
        String bankId = id();
        Durable<String, String> workflow = (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> {
                ctx.send(bankId, GO, ctx.info().id());
                String said = ctx.receive(answer);
                ctx.step("book", () -> tally.mark("book " + said));
                ctx.sleep(Duration.ofMillis(2));
                ctx.step("book", () -> tally.mark("book again"));
            });
            ctx.compensate(() -> {
                ctx.sleep(Duration.ofMillis(2));
                ctx.step("book", () -> tally.mark("book first"));
            });
            throw new IllegalStateException("no further");
        };
        var worker = worker(options -> options.workflow(type, workflow).workflow(bank, (ctx, input) -> {
            String customer = ctx.receive(GO);
            ctx.send(customer, answer, "refunded");
            return "done";
        }));
        worker.romancy().start(bank, "x", StartOptions.id(bankId));
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        assertThat(tally.all()).containsExactly("a", "book first", "book refunded", "book again", "undo a");
        assertThat(operations(handle.id()))
                .containsExactly(
                        "a:1",
                        "compensating",
                        "compensate:2",
                        "compensate:2/timer:sleep_1",
                        "compensate:2/book:1",
                        "compensate:1",
                        "compensate:1/send:go_1",
                        "compensate:1/receive:answer_1",
                        "compensate:1/book:1",
                        "compensate:1/timer:sleep_1",
                        "compensate:1/book:2",
                        "compensate:a:1",
                        "compensated");
    }

    @Test
    void chanceAndNamesDoNotDependOnCompensationsThatAReplayPassesOver() {
        var worker = worker((ctx, input) -> {
            for (int i = 0; i < 3; i++) {
                ctx.compensate(() -> {
                    ctx.step("bet " + ctx.random().nextInt(1_000_000), () -> tally.mark("bet"));
                    ctx.sleep(Duration.ofMillis(1));
                    ctx.step("bet " + ctx.random().nextInt(1_000_000), () -> tally.mark("bet"));
                });
            }
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        failed(handle, IllegalStateException.class);

        assertThat(tally.of("bet")).isEqualTo(6);
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void aCancellationMeanwhileInterruptsNothing() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(gate::pass);
            ctx.compensate(() -> ctx.step("in a step", gate::pass));
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        handle.cancel("too late");
        gate.open();

        failed(handle, IllegalStateException.class);
        assertThat(tally.all()).containsExactly("a", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void oneInsideAnotherIsRefused() {
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> ctx.compensate(() -> tally.mark("never")));
            throw new IllegalStateException("no further");
        });

        var failure = failed(worker.romancy().start(type, "x"), IllegalStateException.class);

        assertThat(failure.failure().suppressed())
                .singleElement()
                .satisfies(other -> assertThat(other.code()).isEqualTo(ErrorCode.WRONG_PLACE.id()));
        assertThat(tally.all()).isEmpty();
    }

    @Test
    void aStepInsideOneHasNone() {
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> did(ctx, "a"));
            throw new IllegalStateException("no further");
        });

        failed(worker.romancy().start(type, "x"), IllegalStateException.class);

        assertThat(tally.all()).containsExactly("a");
    }

    @Test
    void answersThatAreLostAndBatchesThatAreSentTwiceUndoNothingTwice() {
        Durable<String, String> workflow = (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> ctx.step("undo b", () -> tally.mark("undo b")));
            ctx.compensate(() -> {
                ctx.sleep(Duration.ofMillis(1));
                ctx.step("undo c", () -> tally.mark("undo c"));
            });
            ctx.receive(GO);
            throw new IllegalStateException("no further");
        };
        var worker = worker(workflow);
        var handle = worker.romancy().start(type, "x");
        worker.faults().commits().repeatEvery(2);
        worker.faults().loseAnswers(8, StorageCall.COMMIT);

        handle.send(GO, "go");

        failed(handle, IllegalStateException.class);
        assertThat(tally.all()).containsExactly("a", "undo c", "undo b", "undo a");
        assertThat(worker.faults().count()).isPositive();
    }

    @Test
    void aFailureThatCannotBeRebuiltIsAttachedAsWhatItIs() {
        class Local extends Exception {
            private static final long serialVersionUID = 1L;

            Local(int number) {
                super("number " + number);
            }
        }
        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> ctx.step(ONCE, activity -> {
                throw new Local(1);
            }));
            throw new IllegalStateException("no further");
        });

        var failure = failed(worker.romancy().start(type, "x"), IllegalStateException.class);

        assertThat(failure.failure().suppressed())
                .singleElement()
                .satisfies(other ->
                        assertThat(other.is(ActivityFailedException.class)).isTrue());
    }
}
