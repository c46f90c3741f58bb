package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.testkit.fault.StorageCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A storage that fails, forgets to answer, or is asked twice: nothing is lost, and nothing happens twice in the records. */
public abstract class FailureScenario extends Scenario {
    private final Journey journey = new Journey(unique("journey"));

    private ScenarioWorker worker() {
        return worker(journey::on);
    }

    @Test
    void answersOfCommitsThatAreLostChangeNothing() {
        var worker = worker();
        String id = id();
        var traveller = journey.begin(worker, id);
        worker.faults().loseAnswers(6, StorageCall.COMMIT);

        journey.goOn(worker, id);

        journey.hasArrived(this, traveller);
        assertThat(worker.faults().count()).isPositive();
    }

    @Test
    void theAnswerOfAStartThatIsLostStartsOneInstance() {
        var worker = worker();
        worker.faults().loseAnswers(1, StorageCall.COMMIT);
        String id = id();

        var traveller = journey.begin(worker, id);
        journey.goOn(worker, id);

        journey.hasArrived(this, traveller);
        assertThat(worker.faults().count()).isEqualTo(1);
    }

    @Test
    void batchesThatAreSentTwiceActOnce() {
        for (int every : new int[] {5, 1}) {
            var worker = worker();
            worker.faults().commits().repeatEvery(every);
            String id = id();

            var traveller = journey.begin(worker, id);
            journey.goOn(worker, id);

            journey.hasArrived(this, traveller);
            assertThat(worker.faults().commits().repeated()).isPositive();
            worker.close();
        }
    }

    @Test
    void everythingFailsForAWhileAndThenGoesOn() {
        var worker = worker();
        List<WorkflowHandle<String>> travellers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            travellers.add(journey.begin(worker, id()));
        }
        var other = worker();

        worker.faults().failAll();
        travellers.forEach(traveller -> journey.goOn(other, traveller.id()));
        other.faults().failAll();
        worker.faults().awaitCount(20, DEADLINE);
        other.faults().awaitCount(20, DEADLINE);
        worker.faults().heal();
        other.faults().heal();

        travellers.forEach(traveller -> journey.hasArrived(this, traveller));
    }

    @Test
    void commitsThatFailInTheMiddleOfARunAreSentAgain() {
        var worker = worker();
        String id = id();
        var traveller = journey.begin(worker, id);
        worker.faults().failNext(5, StorageCall.COMMIT);
        worker.faults().failNext(3, StorageCall.LOOK);

        CompletableFuture<Void> going = CompletableFuture.runAsync(() -> journey.goOn(worker, id));

        going.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        journey.hasArrived(this, traveller);
    }

    @Test
    void claimsDispatchesAndRenewalsThatFailAreMadeAgain() {
        var worker = worker();
        String id = id();
        var traveller = journey.begin(worker, id);
        worker.faults().failNext(3, StorageCall.CLAIM);
        worker.faults().failNext(3, StorageCall.DISPATCH);
        worker.faults().failNext(3, StorageCall.RENEW);
        worker.faults().failNext(1, StorageCall.NOTIFY);

        journey.goOn(worker, id);

        journey.hasArrived(this, traveller);
        assertThat(worker.faults().count()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void whatAClaimFoundIsNotLostWithItsAnswer() {
        var worker = worker();
        String id = id();
        var traveller = journey.begin(worker, id);
        worker.faults().loseAnswers(2, StorageCall.FRUITFUL_CLAIM);

        journey.goOn(worker, id);

        journey.hasArrived(this, traveller);
        assertThat(worker.faults().count()).isEqualTo(2);
    }

    @Test
    void aDispatchWhoseAnswerIsLostDeliversOnce() {
        var worker = worker();
        String id = id();
        var traveller = journey.begin(worker, id);
        worker.faults().loseAnswers(3, StorageCall.DISPATCH);

        journey.goOn(worker, id);

        journey.hasArrived(this, traveller);
        assertThat(worker.faults().count()).isPositive();
    }

    @Test
    void aCallerHearsOfAStorageThatIsGoneAndMayTryAgainLater() {
        var worker = worker();
        String id = id();
        worker.faults().fail(StorageCall.ASK);
        worker.faults().failAll();

        assertThatThrownBy(() -> worker.romancy().handle(id).info())
                .isInstanceOfSatisfying(StorageException.class, failed -> {
                    assertThat(failed.isTransient()).isTrue();
                    assertThat(failed.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                });

        worker.faults().heal();
        var traveller = journey.begin(worker, id);
        journey.goOn(worker, id);
        journey.hasArrived(this, traveller);
    }

    @Test
    void aWaitForAResultOutlastsAStorageThatIsGoneForAWhile() throws Exception {
        var type = texts();
        var runs = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        String id = runs.romancy().start(type, "x", StartOptions.id(id())).id();
        runs.events().await(suspended(id));
        var client = client();
        var waiting = client.romancy().handle(id, type).resultAsync();

        client.faults().fail(StorageCall.ASK);
        client.faults().awaitCount(2, DEADLINE);
        runs.romancy().send(id, GO, "there");
        assertThat(result(runs.romancy().handle(id, type))).isEqualTo("there");
        client.faults().heal();

        assertThat(waiting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("there");
    }
}
