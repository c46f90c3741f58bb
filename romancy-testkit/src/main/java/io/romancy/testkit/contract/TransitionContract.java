package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a run leaves RUNNING, and what is seen of it then. */
public abstract class TransitionContract extends StorageContract {

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(complete("the result"), InstanceStatus.COMPLETED, "the result"),
                Arguments.of(fail("the failure"), InstanceStatus.FAILED, "the failure"),
                Arguments.of(new Transition.Cancelled(payload("the reason")), InstanceStatus.CANCELLED, "the reason"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndIsKeptWithItsPayloadAndTime(Transition end, InstanceStatus status, String kept) {
        Worker worker = worker();
        var run = running(worker);

        var taken = worker.leave(run.claim(), end, append(0, "the last step"));

        var info = info(run.claim().id());
        assertThat(info.status()).isEqualTo(status);
        assertThat(info.endedAt()).isEqualTo(taken.at());
        assertThat(info.owner()).isNull();
        assertThat(info.dueAt()).isNull();
        assertThat(info.waitsFor()).isEmpty();
        assertThat(outcome(run.claim().id())).isEqualTo(new Outcome(run.claim().id(), status, payload(kept)));
        assertThat(worker.historyTexts(run.claim())).containsExactly("the last step");
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aStuckRunKeepsItsDiagnosisAndIsNobodys() {
        Worker worker = worker();
        var run = running(worker);

        worker.leave(run.claim(), stick("expected charge:1, found refund:1"), append(0, "x"));

        var info = info(run.claim().id());
        assertThat(info.status()).isEqualTo(InstanceStatus.STUCK);
        assertThat(info.endedAt()).isNull();
        assertThat(info.owner()).isNull();
        assertThat(outcome(run.claim().id()).payload()).isEqualTo(payload("expected charge:1, found refund:1"));
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aReleasedRunIsReadyAtOnceForAnybody() {
        Worker worker = worker();
        var run = running(worker);

        worker.leave(run.claim(), release());

        var info = info(run.claim().id());
        assertThat(info.status()).isEqualTo(InstanceStatus.READY);
        assertThat(info.owner()).isNull();
        assertThat(info.dueAt()).isNotNull();
        assertThat(worker().claimIds(10, run.route()))
                .containsExactly(run.claim().id());
    }

    @Test
    void aSuspendedRunShowsWhatItWaitsForAndIsNobodys() {
        Worker worker = worker();
        var run = running(worker);
        var one = mailbox();
        var two = topic();

        var taken = worker.leave(run.claim(), sleep(Duration.ofHours(1), one, two));

        var info = info(run.claim().id());
        assertThat(info.status()).isEqualTo(InstanceStatus.WAITING);
        assertThat(info.owner()).isNull();
        assertThat(info.waitsFor()).containsExactlyInAnyOrder(one, two);
        assertThat(info.dueAt()).isEqualTo(taken.at().plus(Duration.ofHours(1)));
        assertThat(outcome(run.claim().id()).payload()).isNull();
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aRunThatWaitsForMessagesOnlyIsNeverDue() {
        Worker worker = worker();
        var run = running(worker);

        worker.leave(run.claim(), waitFor(mailbox()));

        assertThat(info(run.claim().id()).dueAt()).isNull();
        assertThat(worker.claim(10, run.route()).nextDueIn()).isNull();
    }

    @Test
    void whatARunWaitedForIsForgottenWhenItRuns() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(Duration.ZERO, mailbox()));

        worker.claimOne(run.route());

        assertThat(info(run.claim().id()).waitsFor()).isEmpty();
        assertThat(info(run.claim().id()).dueAt()).isNull();
    }

    @Test
    void whileItGoesOnAnInstanceHasNoPayload() {
        var run = running(worker());

        assertThat(outcome(run.claim().id())).isEqualTo(outcomeOf(run.claim().id(), InstanceStatus.RUNNING, null));
    }

    private static Outcome outcomeOf(String id, InstanceStatus status, @Nullable Payload payload) {
        return new Outcome(id, status, payload);
    }

    private Outcome outcome(String id) {
        List<Outcome> outcomes = storage().instances().outcomes(List.of(id));
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }
}
