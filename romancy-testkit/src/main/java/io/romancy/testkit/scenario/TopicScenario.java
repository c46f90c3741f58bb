package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.MessageOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Messages to whoever subscribed. */
public abstract class TopicScenario extends Scenario {

    /** Subscribes at once, and receives until the end is said. */
    private static Durable<String, String> listener(Topic<String> topic) {
        return (ctx, input) -> {
            ctx.subscribe(topic);
            List<String> heard = new ArrayList<>();
            for (String next = ""; !next.equals("end"); ) {
                next = ctx.receive(topic);
                heard.add(next);
            }
            return String.join(",", heard);
        };
    }

    private static List<WorkflowHandle<String>> waiting(
            ScenarioWorker worker, WorkflowType<String, String> type, int count) {
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            handles.add(worker.romancy().start(type, "listener " + i));
            worker.events().await(suspended(handles.getLast().id()));
        }
        return handles;
    }

    @Test
    void aBroadcastReachesEveryoneFromTheSubscriptionOn() {
        Topic<String> news = broadcast();
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(news)));
        worker.romancy().publish(news, "before all");
        var early = waiting(worker, type, 2);
        worker.romancy().publish(news, "first");
        var late = waiting(worker, type, 1);

        worker.romancy().publish(news, "second");
        worker.romancy().publish(news, "end");

        assertThat(early).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("first,second,end"));
        assertThat(late).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("second,end"));
    }

    @Test
    void allSubscribersSeeOneOrder() throws Exception {
        Topic<String> news = broadcast();
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(news)));
        var clients = List.of(client(), client());
        var handles = waiting(worker, type, 3);

        var publishing = clients.stream()
                .map(client -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        client.romancy().publish(news, client.name() + " " + i);
                    }
                }))
                .toList();
        for (var future : publishing) {
            future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        worker.romancy().publish(news, "end");

        String first = result(handles.getFirst());
        assertThat(first.split(",")).hasSize(41);
        assertThat(handles).allSatisfy(handle -> assertThat(result(handle)).isEqualTo(first));
        for (var client : clients) {
            assertThat(first)
                    .containsSubsequence(IntStream.range(0, 20)
                            .mapToObj(i -> client.name() + " " + i)
                            .toList());
        }
    }

    @Test
    void aCompetingMessageReachesOneOfThoseWhoWait() {
        Topic<String> jobs = competing();
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(jobs)));
        var handles = waiting(worker, type, 3);
        var expected = new ArrayList<String>();

        for (int i = 0; i < 30; i++) {
            worker.romancy().publish(jobs, "job " + i);
            expected.add("job " + i);
        }
        for (int i = 0; i < 3; i++) {
            worker.romancy().publish(jobs, "end");
            expected.add("end");
        }

        var taken = new ArrayList<String>();
        handles.forEach(handle -> taken.addAll(List.of(result(handle).split(","))));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aCompetingMessageIsKeptUntilSomebodyWaits() {
        Topic<String> jobs = competing();
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(jobs)));
        worker.romancy().publish(jobs, "kept");
        worker.romancy().publish(jobs, "end");

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("kept,end");
    }

    @Test
    void anotherModeIsRefusedWithBothModesNamed() {
        String name = unique("topic");
        Topic<String> broadcast = Topic.broadcast(name, String.class);
        Topic<String> competing = Topic.competing(name, String.class);
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(competing)));
        worker.romancy().publish(broadcast, "decides");

        assertThatThrownBy(() -> worker.romancy().publish(competing, "x"))
                .isInstanceOfSatisfying(RomancyException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.TOPIC_MODE_CONFLICT);
                    assertThat(refused).hasMessageContaining(name);
                    assertThat(refused.getMessage())
                            .containsIgnoringCase("broadcast")
                            .containsIgnoringCase("competing");
                });
        assertThatThrownBy(() -> client().romancy().publish(competing, "x"))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOPIC_MODE_CONFLICT));
        assertThatThrownBy(() -> result(worker.romancy().start(type, "x")))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.TOPIC_MODE_CONFLICT.id()));
    }

    @Test
    void afterUnsubscribingNothingArrivesAndReceivingIsRefused() {
        Topic<String> news = broadcast();
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.subscribe(news);
            String heard = ctx.receive(news);
            ctx.unsubscribe(news);
            ctx.receive(GO);
            ctx.subscribe(news);
            return heard + "," + ctx.receive(news);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        worker.romancy().publish(news, "one");
        worker.events().await(suspended(handle.id()).times(2));

        worker.romancy().publish(news, "not heard");
        handle.send(GO, "go");
        worker.events().await(suspended(handle.id()).times(3));
        worker.romancy().publish(news, "two");

        assertThat(result(handle)).isEqualTo("one,two");
    }

    @Test
    void receivingWithoutASubscriptionIsRefused() {
        Topic<String> news = broadcast();
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(news)));

        assertThatThrownBy(() -> result(worker.romancy().start(type, "x")))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.NOT_SUBSCRIBED.id()));
    }

    @Test
    void competingMessagesThatWereNotReceivedGoToOthers() {
        Topic<String> jobs = competing();
        var leaving = texts();
        var staying = texts();
        var worker = worker(options -> options.workflow(leaving, (ctx, input) -> {
                    ctx.subscribe(jobs);
                    String job = ctx.receive(jobs);
                    ctx.receive(GO);
                    if (input.equals("unsubscribe")) {
                        ctx.unsubscribe(jobs);
                        ctx.receive(GO);
                    }
                    return job;
                })
                .workflow(staying, listener(jobs)));
        for (String how : List.of("unsubscribe", "end")) {
            var goes = worker.romancy().start(leaving, how);
            worker.events().await(suspended(goes.id()));
            worker.romancy().publish(jobs, "taken");
            worker.events().await(suspended(goes.id()).times(2));
            worker.romancy().publish(jobs, "left behind");
            goes.send(GO, "go");
            var stays = worker.romancy().start(staying, "x");
            worker.romancy().publish(jobs, "end");

            assertThat(result(stays)).isEqualTo("left behind,end");
            if (how.equals("unsubscribe")) {
                goes.send(GO, "end");
            }
            assertThat(result(goes)).isEqualTo("taken");
        }
    }

    @Test
    void subscriptionsEndWithTheirInstance() {
        Topic<String> news = broadcast();
        var type = texts();
        var failing = texts();
        var worker = worker(options -> options.workflow(type, listener(news)).workflow(failing, (ctx, input) -> {
            ctx.subscribe(news);
            ctx.receive(GO);
            throw new IllegalStateException("failed on purpose");
        }));
        var ending = waiting(worker, type, 1).getFirst();
        var cancelled = waiting(worker, type, 1).getFirst();
        var failed = waiting(worker, failing, 1).getFirst();
        worker.romancy().publish(news, "end");
        cancelled.cancel("enough");
        failed.send(GO, "fail");
        worker.events().await(ended(ending.id()));
        worker.events().await(ended(cancelled.id()));
        worker.events().await(ended(failed.id(), InstanceStatus.FAILED));

        var after = waiting(worker, type, 1).getFirst();
        worker.romancy().publish(news, "end");

        assertThat(result(after)).isEqualTo("end");
        assertThat(List.of(ending, failed))
                .allSatisfy(handle -> assertThat(
                                storage().runs().history(info(handle.id()).run(), 0, 100))
                        .hasSize(2));
    }

    @Test
    void aKeyMakesAMessageTheSameForItsTopic() {
        Topic<String> news = broadcast();
        Topic<String> other = broadcast();
        var type = texts();
        var types = texts();
        var worker = worker(options -> options.workflow(type, listener(news)).workflow(types, listener(other)));
        var handle = waiting(worker, type, 1).getFirst();
        var elsewhere = waiting(worker, types, 1).getFirst();

        worker.romancy().publish(news, "once", MessageOptions.key("k"));
        worker.romancy().publish(news, "once", MessageOptions.key("k"));
        worker.romancy().publish(other, "here too", MessageOptions.key("k"));
        worker.romancy().publish(news, "end");
        worker.romancy().publish(other, "end");

        assertThat(result(handle)).isEqualTo("once,end");
        assertThat(result(elsewhere)).isEqualTo("here too,end");
    }

    @Test
    void aTopicAndAMailboxOfOneNameNeverMeet() {
        String name = unique("name");
        Topic<String> topic = Topic.broadcast(name, String.class);
        Mailbox<String> mailbox = Mailbox.of(name, String.class);
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.subscribe(topic);
            String fromTopic = ctx.receive(topic);
            return fromTopic + "," + ctx.receive(mailbox);
        }));
        var handle = waiting(worker, type, 1).getFirst();

        handle.send(mailbox, "sent");
        worker.romancy().publish(topic, "published");

        assertThat(result(handle)).isEqualTo("published,sent");
    }

    @Test
    void aPublisherThatCommitsLateIsNotSkipped() throws Exception {
        Assumptions.assumeTrue(
                storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS),
                "with one writer at a time nobody commits while another one is open");
        Topic<String> news = broadcast();
        var type = texts();
        var worker = worker(options -> options.workflow(type, listener(news)));
        var handle = waiting(worker, type, 1).getFirst();
        var written = new Gate();
        var late = client();
        var committing = CompletableFuture.runAsync(() -> publishAndHold(late, news, written));
        written.awaitArrival();
        worker.romancy().publish(news, "first to commit");
        worker.events().await(suspended(handle.id()).times(2));
        var subscribedMeanwhile = waiting(worker, type, 1).getFirst();

        written.open();
        committing.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        worker.romancy().publish(news, "end");

        assertThat(result(handle)).isEqualTo("first to commit,late,end");
        assertThat(result(subscribedMeanwhile))
                .as("a subscription gets what was not committed before it")
                .isEqualTo("late,end");
    }

    private static void publishAndHold(ScenarioWorker late, Topic<String> news, Gate written) {
        try {
            late.romancy().inTransaction(transaction -> {
                late.romancy().publish(news, "late");
                written.pass();
                return true;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
