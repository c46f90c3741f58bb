package io.romancy.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.Step;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.ActivityContext;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.engine.replay.Attempt;
import io.romancy.engine.replay.RecordKind;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A step that is recorded in the application's transaction and given up meanwhile: what the workflow hears and what is stored agree. */
public abstract class JoinedStepScenario extends Scenario {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final CompletableFuture<Romancy> engine = new CompletableFuture<>();
    private final WorkflowType<String, String> type = texts();

    /** What takes its time when it is written as JSON: it stops at the gate of the test that runs. */
    public record Receipt(String text) {
        private static volatile Gate gate = new Gate();

        @Override
        public String text() {
            gate.passDeaf();
            return text;
        }
    }

    /** Whoever gives the step up stays until its body has ended: a run that has ended itself would refuse the record for that. */
    private <T> Durable<String, String> paying(Class<T> result, T receipt) {
        var bodyEnded = new CountDownLatch(1);
        return (ctx, input) -> {
            try {
                ctx.step(Step.of("pay", result).retry(RetryPolicy.none()).timeout(SHORT), activity -> {
                    try {
                        return engine.join().inTransaction(transaction -> {
                            ((Attempt) activity).recordIn(transaction, receipt);
                            return receipt;
                        });
                    } finally {
                        bodyEnded.countDown();
                    }
                });
                return "paid";
            } catch (ActivityFailedException e) {
                Receipt.gate.open();
                bodyEnded.await();
                return "given up";
            }
        };
    }

    private ScenarioWorker worker(Durable<String, String> workflow) {
        var worker = worker(options -> options.workflow(type, workflow));
        engine.complete(worker.romancy());
        return worker;
    }

    private List<RecordKind> kinds(String id) {
        return history(id).stream().map(RecordKind::of).toList();
    }

    @Test
    void oneThatIsGivenUpWhileItsResultIsEncodedWritesNothing() throws Exception {
        assumeTrue(
                storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS),
                "nobody can give it up while its transaction is the only writer");
        var encoding = new Gate();
        Receipt.gate = encoding;
        var worker = worker(paying(Receipt.class, new Receipt("paid")));
        var handle = worker.romancy().start(type, "x");
        encoding.awaitArrival();

        assertThat(result(handle)).isEqualTo("given up");

        worker.close();
        assertThat(kinds(handle.id())).containsExactly(RecordKind.STEP_FAILED);
    }

    @Test
    void oneWhoseTransactionIsRolledBackAlthoughItReturnsIsTriedAgain() {
        var retry = RetryPolicy.defaults().attempts(2).delay(Duration.ZERO);
        var worker = worker((ctx, input) -> ctx.step(
                Step.of("pay", String.class).retry(retry),
                activity -> engine.join().inTransaction(transaction -> {
                    ((Attempt) activity).recordIn(transaction, "paid " + activity.attempt());
                    if (activity.attempt() == 1) {
                        transaction.rollbackOnly();
                    }
                    return "paid";
                })));
        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("paid 2");

        assertThat(kinds(handle.id())).containsExactly(RecordKind.STEP_DONE);
    }

    @Test
    void oneOfACompensationIsRecordedAsPartOfIt() {
        var pay = Step.of("pay", String.class);
        var refund = Step.of("refund", String.class);
        var worker = worker((ctx, input) -> {
            ctx.step(pay.compensate(paid -> ctx.step(refund, this::refunded)), activity -> "paid");
            throw new IllegalStateException("too late");
        });
        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> result(handle)).hasStackTraceContaining("too late");

        assertThat(history(handle.id()))
                .filteredOn(record -> record.name().contains("refund"))
                .singleElement()
                .matches(StepRecord::isCompensation)
                .extracting(RecordKind::of)
                .isEqualTo(RecordKind.STEP_DONE);
    }

    private String refunded(ActivityContext activity) throws Exception {
        return engine.join().inTransaction(transaction -> {
            ((Attempt) activity).recordIn(transaction, "refunded");
            return "refunded";
        });
    }

    @Test
    void oneThatIsGivenUpWhileItsRecordIsWrittenIsWaitedFor() throws Exception {
        var worker = worker(paying(String.class, "receipt"));
        worker.faults().hold(StorageCall.COMMIT_IN_TRANSACTION);
        var handle = worker.romancy().start(type, "x");
        worker.faults().awaitHeld(StorageCall.COMMIT_IN_TRANSACTION, DEADLINE);
        Thread.sleep(SHORT.multipliedBy(3)); // longer than its time-out: shorter would only show less

        worker.faults().heal();

        // a driver whose connection ends with the interrupt rolls back; then it was given up, and says so
        boolean paid = result(handle).equals("paid");
        worker.close();
        assertThat(kinds(handle.id())).containsExactly(paid ? RecordKind.STEP_DONE : RecordKind.STEP_FAILED);
    }
}
