package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.appendOpen;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.starting;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commits of runs: what a run writes is all there or not at all, and once, however often it is sent. */
public abstract class CommitContract extends StorageContract {

    @Test
    void whatIsAppendedIsTheHistoryAndCarriesTheTimeOfTheAnswer() {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        var first = worker.write(claim, append(0, "a"), append(1, "b"));
        var second = worker.write(claim, append(2, "c"));

        assertThat(worker.history(claim))
                .containsExactly(
                        at(Samples.step(0, Samples.CLOSED, "a"), first.at()),
                        at(Samples.step(1, Samples.CLOSED, "b"), first.at()),
                        at(Samples.step(2, Samples.CLOSED, "c"), second.at()));
    }

    @Test
    void recordsComeBackAsTheyWereWritten() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var nothing = new StepRecord(0, 3, "pay:1", null, Instant.EPOCH);
        var noBytes = new StepRecord(1, 100, "pay:2", new Payload("json", new byte[0]), Instant.EPOCH);
        var allBytes = new StepRecord(2, -5, "timer:sleep_1", new Payload("raw", everyByte()), Instant.EPOCH);

        var taken = worker.write(
                claim, new Change.Append(nothing), new Change.Append(noBytes), new Change.Append(allBytes));

        assertThat(worker.history(claim))
                .containsExactly(at(nothing, taken.at()), at(noBytes, taken.at()), at(allBytes, taken.at()));
    }

    @Test
    void anOpenRecordIsReplacedByTheNextOfItsPosition() {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        worker.write(claim, appendOpen(0, "attempt 1"));
        worker.write(claim, appendOpen(0, "attempt 2"));
        assertThat(worker.historyTexts(claim)).containsExactly("attempt 2");
        var closed = worker.write(claim, append(0, "done"));

        assertThat(worker.history(claim)).containsExactly(at(Samples.step(0, Samples.CLOSED, "done"), closed.at()));
    }

    @Test
    void aClosedRecordNeverChanges() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.write(claim, append(0, "the truth"));

        worker.write(claim, append(0, "another"));
        worker.write(claim, appendOpen(0, "an attempt"));

        assertThat(worker.historyTexts(claim)).containsExactly("the truth");
    }

    @Test
    void aRecordThatIsOpenedAndClosedInOneCommitIsClosed() {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        worker.write(
                claim, appendOpen(0, "attempt 1"), appendOpen(0, "attempt 2"), append(0, "done"), append(1, "next"));

        assertThat(worker.historyTexts(claim)).containsExactly("done", "next");
    }

    @Test
    void aWholeBatchSentAgainActsOnceAndIsAnsweredAsBefore() {
        Worker worker = worker();
        var topic = topic();
        var subscriber = running(worker);
        worker.write(subscriber.claim(), Samples.subscribe(topic, TopicMode.BROADCAST));
        var run = running(worker);
        var other = running(worker);
        var mailbox = mailbox();
        publish(direct(mailbox, other.claim().id(), "to be consumed"));
        dispatch();
        var look = worker.look(other.claim());
        Route started = route();
        List<Commit> batch = List.of(
                new Commit.OfRun(
                        run.claim(),
                        List.of(
                                append(0, "published"),
                                publishing(0, broadcast(topic, "once")),
                                append(1, "started"),
                                starting(1, instance(id(), started))),
                        complete("done")),
                new Commit.OfRun(
                        other.claim().seen(look.wake()),
                        List.of(append(0, "received"), consume(look.mailbox().getFirst())),
                        null),
                new Commit.Publish(broadcast(topic, "by a caller")));

        List<CommitResult> first = storage().runs().commit(batch);
        List<CommitResult> second = storage().runs().commit(batch);
        dispatch();
        List<CommitResult> third = storage().runs().commit(batch);
        dispatch();

        assertThat(first)
                .hasExactlyElementsOfTypes(
                        CommitResult.Taken.class, CommitResult.Taken.class, CommitResult.Accepted.class);
        assertThat(second.subList(0, 2)).as("the same times").isEqualTo(first.subList(0, 2));
        assertThat(third.subList(0, 2)).as("the same times").isEqualTo(first.subList(0, 2));
        assertThat(second.get(2)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(worker.texts(subscriber.claim())).containsExactly("once", "by a caller");
        assertThat(worker.claimIds(10, started)).hasSize(1);
        assertThat(worker.historyTexts(run.claim())).containsExactly("published", "started");
        assertThat(worker.historyTexts(other.claim())).containsExactly("received");
        assertThat(worker.texts(other.claim())).isEmpty();
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void aCommitWhoseFirstPartWasWrittenBeforeWritesTheRest() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.write(claim, append(0, "a"));

        worker.write(claim, append(0, "not this"), append(1, "b"));

        assertThat(worker.historyTexts(claim)).containsExactly("a", "b");
    }

    @Test
    void aMessageIsConsumedOnceAndWhateverIsNotThereIsNoMatter() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var mailbox = mailbox();
        publish(direct(mailbox, claim.id(), "one"));
        publish(direct(mailbox, claim.id(), "two"));
        dispatch();
        var one = worker.look(claim).mailbox().getFirst();

        worker.write(claim, consume(one));
        worker.write(claim, consume(one));

        assertThat(worker.texts(claim)).containsExactly("two");
    }

    @Test
    void theAnswersStandInTheOrderOfTheBatch() {
        Worker worker = worker();
        var taken = running(worker);
        var fenced = running(worker);
        var moved = running(worker);
        commit(new Commit.Cancel(moved.claim().id(), "stop"));
        Claim stale = new Claim(
                fenced.claim().run(),
                fenced.claim().id(),
                fenced.claim().fence() - 1,
                fenced.claim().wake());
        String existing = start(taken.route());

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.Start(instance(id(), route())),
                        new Commit.OfRun(moved.claim(), List.of(append(0, "x")), release()),
                        new Commit.Publish(direct(mailbox(), id(), "to nobody")),
                        new Commit.OfRun(taken.claim(), List.of(append(0, "x")), null),
                        new Commit.Start(instance(existing, taken.route())),
                        new Commit.OfRun(stale, List.of(append(0, "x")), null),
                        new Commit.Publish(broadcast(topic(), "to whom it may concern")),
                        new Commit.Start(instance(id(), route(), "input", worker.node()))));

        assertThat(answers)
                .hasExactlyElementsOfTypes(
                        CommitResult.Accepted.class,
                        CommitResult.Moved.class,
                        CommitResult.Refused.class,
                        CommitResult.Taken.class,
                        CommitResult.Existing.class,
                        CommitResult.Fenced.class,
                        CommitResult.Accepted.class,
                        CommitResult.Born.class);
    }

    @Test
    void oneThatIsRefusedDoesNotHarmTheOthers() {
        Worker worker = worker();
        var run = running(worker);
        String id = id();

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.Cancel(id(), "nobody there"),
                        new Commit.OfRun(run.claim(), List.of(append(0, "x")), null),
                        Samples.retry(id()),
                        new Commit.Start(instance(id, route()))));

        assertRefused(answers.get(0), ErrorCode.INSTANCE_NOT_FOUND);
        assertThat(answers.get(1)).isInstanceOf(CommitResult.Taken.class);
        assertRefused(answers.get(2), ErrorCode.INSTANCE_NOT_FOUND);
        assertThat(answers.get(3)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(worker.historyTexts(run.claim())).containsExactly("x");
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void anEmptyBatchHasNoAnswers() {
        assertThat(storage().runs().commit(List.of())).isEmpty();
    }

    @Test
    void aCommitThatChangesNothingIsTaken() {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        var taken = worker.write(claim);

        assertThat(taken.wake()).isEqualTo(claim.wake());
        assertThat(taken.cancelReason()).isNull();
        assertThat(worker.history(claim)).isEmpty();
    }

    @Test
    void aBatchOfManyRunsIsWrittenForEach() {
        Worker worker = worker();
        Route route = route();
        storage()
                .runs()
                .commit(IntStream.range(0, 300)
                        .<Commit>mapToObj(i -> new Commit.Start(instance(id(), route)))
                        .toList());
        List<ClaimedRun> runs = new ArrayList<>();
        while (runs.size() < 300) {
            var claimed = worker.claim(100, route).runs();
            assertThat(claimed).isNotEmpty();
            runs.addAll(claimed);
        }

        var answers = storage()
                .runs()
                .commit(runs.stream()
                        .<Commit>map(run -> new Commit.OfRun(
                                run.claim(), List.of(append(0, run.claim().id())), complete("done")))
                        .toList());

        assertThat(answers)
                .hasSize(300)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(CommitResult.Taken.class));
        assertThat(runs)
                .allSatisfy(run -> assertThat(worker.historyTexts(run.claim()))
                        .containsExactly(run.claim().id()));
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static StepRecord at(StepRecord step, Instant at) {
        return new StepRecord(step.position(), step.kind(), step.name(), step.body(), at);
    }
}
