package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages to one instance: they wait in its mailbox from its start to its end. */
public abstract class DirectMessageContract extends StorageContract {

    @Test
    void aMessageReachesItsInstanceAndNoOther() {
        Worker worker = worker();
        var mailbox = mailbox();
        Claim addressee = running(worker).claim();
        Claim other = running(worker).claim();
        Map<String, String> headers = Map.of("content-type", "text/plain");
        var message =
                new NewMessage(unique("uid"), mailbox, null, addressee.id(), other.id(), headers, payload("for you"));

        var accepted = (CommitResult.Accepted) commit(new Commit.Publish(message));
        dispatch();

        assertThat(worker.look(addressee).mailbox()).singleElement().satisfies(delivered -> {
            assertThat(delivered.channel()).isEqualTo(mailbox);
            assertThat(delivered.sender()).isEqualTo(other.id());
            assertThat(delivered.headers()).isEqualTo(headers);
            assertThat(delivered.payload()).isEqualTo(payload("for you"));
            assertThat(delivered.publishedAt()).isEqualTo(accepted.at());
            assertThat(delivered.id()).isEqualTo(accepted.message());
        });
        assertThat(worker.texts(other)).isEmpty();
    }

    @Test
    void aMessageIsKnownByItsNumberHoweverOftenItIsSent() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var outside = new Commit.Publish(direct(mailbox(), claim.id(), "outside"));
        var inside = new Commit.Publish(direct(mailbox(), claim.id(), "inside"));

        long first = ((CommitResult.Accepted) commit(outside)).message();
        long second = ((CommitResult.Accepted) storage()
                        .inTransaction(transaction -> storage().runs().commit(transaction, List.of(inside)))
                        .getFirst())
                .message();

        assertThat(((CommitResult.Accepted) commit(outside)).message())
                .isEqualTo(first)
                .isPositive();
        assertThat(((CommitResult.Accepted) commit(inside)).message())
                .isEqualTo(second)
                .isPositive();
        dispatch();
        assertThat(worker.look(claim).mailbox())
                .extracting(DeliveredMessage::id)
                .containsExactly(first, second);
    }

    @Test
    void whatIsNoMessageHasNoNumber() {
        var started = commit(new Commit.Start(Samples.instance(id(), route())));

        assertThat(((CommitResult.Accepted) started).message()).isZero();
    }

    @Test
    void aMessageToAnInstanceThatNobodyKnowsIsRefused() {
        assertRefused(commit(new Commit.Publish(direct(mailbox(), id(), "anyone?"))), ErrorCode.INSTANCE_NOT_FOUND);
    }

    @Test
    void aMessageToAnInstanceThatHasEndedIsRefused() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.leave(claim, complete("done"));

        assertRefused(commit(new Commit.Publish(direct(mailbox(), claim.id(), "late"))), ErrorCode.INSTANCE_ENDED);
    }

    @Test
    void aMessageThatWasAcceptedIsAcceptedAgainAlsoAfterTheEndOfItsTarget() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var message = direct(mailbox(), claim.id(), "in time");
        publish(message);
        dispatch();
        worker.leave(claim.seen(worker.look(claim).wake()), complete("done"));

        publish(message);

        assertThat(dispatch().dropped()).isZero();
    }

    @Test
    void aMessageWhoseTargetEndsBeforeTheDispatchIsDroppedAndCounted() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        dispatch();
        publish(direct(mailbox(), claim.id(), "too late"));
        worker.leave(claim, complete("done"));

        var result = dispatch();

        assertThat(result.dropped()).isEqualTo(1);
        assertThat(result.dispatched()).isEqualTo(1);
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(dispatch().dispatched()).isZero();
    }

    @Test
    void aRunSendsToAnother() {
        Worker worker = worker();
        Claim sender = running(worker).claim();
        Claim addressee = running(worker).claim();
        var mailbox = mailbox();

        worker.write(sender, append(0, "sent"), publishing(0, direct(mailbox, addressee.id(), "from a run")));
        dispatch();

        assertThat(worker.texts(addressee, mailbox)).containsExactly("from a run");
    }

    @Test
    void aRunSendsNothingIfTheRecordOfItsStepWasThere() {
        Worker worker = worker();
        Claim sender = running(worker).claim();
        Claim addressee = running(worker).claim();
        worker.write(sender, append(0, "sent before"));

        worker.write(sender, append(0, "again"), publishing(0, direct(mailbox(), addressee.id(), "doubled")));
        dispatch();

        assertThat(worker.texts(addressee)).isEmpty();
    }

    @Test
    void aRunThatSendsToNobodyGoesOnAndTheMessageIsDropped() {
        Worker worker = worker();
        Claim sender = running(worker).claim();
        Claim ended = running(worker).claim();
        worker.leave(ended, complete("done"));
        dispatch();

        worker.write(
                sender,
                append(0, "sent"),
                publishing(0, direct(mailbox(), id(), "to nobody")),
                append(1, "sent"),
                publishing(1, direct(mailbox(), ended.id(), "to one that ended")));

        assertThat(worker.historyTexts(sender)).containsExactly("sent", "sent");
        assertThat(dispatch().dropped()).isEqualTo(2);
    }

    @Test
    void aRunThatSendsToItselfReceives() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        Claim claim = run.claim();

        worker.leave(claim, waitFor(mailbox), append(0, "s"), publishing(0, direct(mailbox, claim.id(), "note")));
        dispatch();

        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("note");
    }

    @Test
    void aMessageToAStuckInstanceWaitsForItsRetry() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), stick("diagnosis"));
        publish(direct(mailbox(), run.claim().id(), "for later"));
        dispatch();
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.STUCK);

        commit(Samples.retry(run.claim().id()));

        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("for later");
    }

    @Test
    void whatIsNotConsumedIsThereAtTheNextClaim() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        publish(direct(mailbox, run.claim().id(), "one"));
        publish(direct(mailbox, run.claim().id(), "two"));
        dispatch();
        var look = worker.look(run.claim());
        Claim seen = run.claim().seen(look.wake());
        worker.leave(seen, Samples.release(), Samples.consume(look.mailbox().getFirst()));

        assertThat(Samples.texts(worker().claimOne(run.route()).mailbox())).containsExactly("two");
    }
}
