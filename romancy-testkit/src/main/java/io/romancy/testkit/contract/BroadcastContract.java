package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.unsubscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Topics for everybody: each message reaches every subscriber, from its subscription on. */
public abstract class BroadcastContract extends StorageContract {

    @Test
    void aMessageReachesEverySubscriber() {
        Worker worker = worker();
        var topic = topic();
        Claim one = subscriber(worker, topic);
        Claim two = subscriber(worker, topic);
        Claim stranger = running(worker).claim();

        publish(broadcast(topic, "hello"));
        dispatch();

        assertThat(worker.texts(one)).containsExactly("hello");
        assertThat(worker.texts(two)).containsExactly("hello");
        assertThat(worker.texts(stranger)).isEmpty();
    }

    @Test
    void aMessageKeepsWhatItWasSentWith() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        Claim sender = running(worker).claim();
        var headers = Map.of("trace", "abc", "empty", "");
        var message =
                new NewMessage(unique("uid"), topic, TopicMode.BROADCAST, null, sender.id(), headers, payload("body"));

        var published = (CommitResult.Accepted) commit(new Commit.Publish(message));
        dispatch();

        assertThat(worker.look(claim).mailbox()).singleElement().satisfies(delivered -> {
            assertThat(delivered.channel()).isEqualTo(topic);
            assertThat(delivered.sender()).isEqualTo(sender.id());
            assertThat(delivered.headers()).isEqualTo(headers);
            assertThat(delivered.payload()).isEqualTo(payload("body"));
            assertThat(delivered.publishedAt()).isEqualTo(published.at());
            assertThat(delivered.id()).isEqualTo(published.message());
        });
    }

    @Test
    void aSubscriptionGetsNothingThatWasCommittedBefore() {
        Worker worker = worker();
        var topic = topic();
        publish(broadcast(topic, "dispatched before"));
        dispatch();
        publish(broadcast(topic, "published before"));
        Claim claim = subscriber(worker, topic);
        publish(broadcast(topic, "published after"));

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("published after");
    }

    @Test
    void aSubscriptionThatIsMadeAgainStandsAsItWas() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        publish(broadcast(topic, "between"));

        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("between");
    }

    @Test
    void whoUnsubscribedGetsNoMore() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        Claim other = subscriber(worker, topic);
        publish(broadcast(topic, "not dispatched in time"));
        worker.write(claim, unsubscribe(topic));
        publish(broadcast(topic, "after"));

        dispatch();

        assertThat(worker.texts(claim)).isEmpty();
        assertThat(worker.texts(other)).containsExactly("not dispatched in time", "after");
    }

    @Test
    void aNewSubscriptionDoesNotFindWhatTheFormerLeft() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        publish(broadcast(topic, "unread"));
        dispatch();
        worker.write(claim, unsubscribe(topic));

        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        publish(broadcast(topic, "new"));
        dispatch();

        assertThat(worker.texts(claim, topic)).containsExactly("new");
    }

    @Test
    void unsubscribingFromOneTopicLeavesTheOthers() {
        Worker worker = worker();
        var topic = topic();
        var kept = topic();
        Claim claim = subscriber(worker, topic);
        worker.write(claim, subscribe(kept, TopicMode.BROADCAST));
        publish(broadcast(kept, "unread"));
        dispatch();

        worker.write(claim, unsubscribe(topic), unsubscribe(topic()));
        publish(broadcast(kept, "more"));
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("unread", "more");
    }

    @Test
    void subscriptionsEndWithTheRun() {
        Worker worker = worker();
        var topic = topic();
        Claim ended = subscriber(worker, topic);
        Claim other = subscriber(worker, topic);
        worker.leave(ended, complete("done"));
        publish(broadcast(topic, "late"));

        var result = dispatch();

        assertThat(result.woken()).extracting(DispatchResult.Woken::id).doesNotContain(ended.id());
        assertThat(worker.texts(other)).containsExactly("late");
        assertThat(status(ended.id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void subscriptionsOutlastSuspensionAndTakeOver() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.leave(run.claim(), sleep(Duration.ZERO), subscribe(topic, TopicMode.BROADCAST));
        Claim second = worker().claimOne(run.route()).claim();
        publish(broadcast(topic, "still there"));

        dispatch();

        assertThat(worker.texts(second)).containsExactly("still there");
    }

    @Test
    void aRunThatPublishesToItsOwnTopicHearsItself() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = running(worker).claim();

        worker.write(
                claim, subscribe(topic, TopicMode.BROADCAST), append(0, "p"), publishing(0, broadcast(topic, "me")));
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("me");
    }

    @Test
    void aMessageOfAnUnknownTopicReachesNobodyAndIsDone() {
        publish(broadcast(topic(), "anyone?"));

        assertThat(dispatch().dispatched()).isPositive();
        assertThat(dispatch().dispatched()).isZero();
    }

    @Test
    void oneUidIsOneMessage() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        var message = broadcast(topic, "once");

        publish(message);
        publish(message);
        dispatch();
        publish(new NewMessage(message.uid(), topic, TopicMode.BROADCAST, null, null, Map.of(), payload("another")));
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("once");
    }

    @Test
    void oneUidTwiceInOneBatchIsOneMessage() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        var publish = new Commit.Publish(broadcast(topic, "once"));

        var answers = storage().runs().commit(List.of(publish, publish));
        dispatch();

        assertThat(answers).hasOnlyElementsOfType(CommitResult.Accepted.class).hasSize(2);
        assertThat(worker.texts(claim)).containsExactly("once");
    }

    @Test
    void aTopicAndAMailboxOfOneNameNeverMeet() {
        Worker worker = worker();
        var topic = topic();
        var mailbox = new ChannelName(ChannelName.Kind.MAILBOX, topic.name());
        Claim claim = subscriber(worker, topic);
        publish(broadcast(topic, "published"));
        publish(Samples.direct(mailbox, claim.id(), "sent"));

        dispatch();

        assertThat(worker.texts(claim, topic)).containsExactly("published");
        assertThat(worker.texts(claim, mailbox)).containsExactly("sent");
    }

    @Test
    void aMessageWakesAllWhoWaitForIt() {
        Worker worker = worker();
        var topic = topic();
        var route = route();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(start(route));
        }
        worker.claim(50, route)
                .runs()
                .forEach(run -> worker.leave(run.claim(), waitFor(topic), subscribe(topic, TopicMode.BROADCAST)));
        publish(broadcast(topic, "all of you"));

        var result = dispatch();

        assertThat(result.woken())
                .containsAll(ids.stream()
                        .map(id -> new DispatchResult.Woken(id, route))
                        .toList());
        assertThat(worker.claim(50, route).runs())
                .hasSize(50)
                .allSatisfy(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("all of you"));
    }

    @Test
    void aDispatchSaysThatItLeftSome() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        IntStream.range(0, 20).forEach(i -> publish(broadcast(topic, "m" + i)));

        var first = storage().messages().dispatch(5);

        assertThat(first.dispatched()).isPositive().isLessThanOrEqualTo(5);
        assertThat(first.saturated()).isTrue();
        dispatch();
        assertThat(worker.texts(claim)).hasSize(20);
    }

    @Test
    void theModeOfATopicIsFixedWhenItIsFirstDeclared() {
        var topic = topic();

        assertThat(storage().messages().declareTopic(topic, TopicMode.COMPETING))
                .isEqualTo(TopicMode.COMPETING);
        assertThat(storage().messages().declareTopic(topic, TopicMode.BROADCAST))
                .isEqualTo(TopicMode.COMPETING);
        assertThat(storage().messages().declareTopic(topic, TopicMode.COMPETING))
                .isEqualTo(TopicMode.COMPETING);
    }

    @Test
    void theFirstSubscriptionFixesTheModeAsWell() {
        var topic = topic();
        subscriber(worker(), topic);

        assertThat(storage().messages().declareTopic(topic, TopicMode.COMPETING))
                .isEqualTo(TopicMode.BROADCAST);
    }

    @Test
    void aMessageInAnotherModeThanItsTopicIsRefused() {
        var topic = topic();
        storage().messages().declareTopic(topic, TopicMode.COMPETING);

        assertRefused(commit(new Commit.Publish(broadcast(topic, "to all"))), ErrorCode.TOPIC_MODE_CONFLICT);
    }

    @Test
    void aSubscriptionInAnotherModeThanItsTopicIsRefused() {
        Worker worker = worker();
        var topic = topic();
        storage().messages().declareTopic(topic, TopicMode.COMPETING);
        Claim claim = running(worker).claim();

        assertRefused(
                worker.commit(claim, null, append(0, "subscribed"), subscribe(topic, TopicMode.BROADCAST)),
                ErrorCode.TOPIC_MODE_CONFLICT);

        assertThat(worker.history(claim)).isEmpty();
    }

    private Claim subscriber(Worker worker, ChannelName topic) {
        Claim claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        return claim;
    }
}
