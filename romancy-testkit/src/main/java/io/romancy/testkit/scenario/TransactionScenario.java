package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.polled;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.WorkflowNotFoundException;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.record.EventConditions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an application does inside its own transaction: visible with the commit, or never. */
public abstract class TransactionScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();
    private final Tally tally = new Tally();

    private ScenarioWorker worker() {
        return worker(options -> options.workflow(type, (ctx, input) -> {
            tally.mark("begun");
            return input + ctx.receive(GO);
        }));
    }

    /** Asks from another thread, which is not in the transaction. */
    private static <T> T elsewhere(Callable<T> question) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return question.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aStartAppearsWithTheCommit() throws Exception {
        var worker = worker();
        String id = id();

        WorkflowHandle<String> handle = worker.romancy().inTransaction(transaction -> {
            var started = worker.romancy().start(type, "a", StartOptions.id(id));
            assertThat(elsewhere(() -> storage().instances().find(id))).isEmpty();
            return started;
        });

        handle.send(GO, "b");
        assertThat(result(handle)).isEqualTo("ab");
    }

    @Test
    void aStartThatIsRolledBackNeverWas() {
        var worker = worker();
        String id = id();

        assertThatThrownBy(() -> worker.romancy().inTransaction(transaction -> {
                    worker.romancy().start(type, "a", StartOptions.id(id));
                    throw new IOException("the application failed");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the application failed");

        assertThatThrownBy(() -> worker.romancy().handle(id).info()).isInstanceOf(WorkflowNotFoundException.class);
        assertThat(tally.all()).isEmpty();
        assertThat(result(ended(worker, id))).isEqualTo("again!");
    }

    /** The id is free after a rollback. */
    private WorkflowHandle<String> ended(ScenarioWorker worker, String id) {
        var handle = worker.romancy().start(type, "again", StartOptions.id(id));
        handle.send(GO, "!");
        return handle;
    }

    /** Its locks are gone with it, too. */
    @Test
    void aProcessThatDiesBeforeItsCommitLeavesNothing() {
        var doomed = worker();
        String id = id();

        assertThatThrownBy(() -> doomed.romancy().inTransaction(transaction -> {
                    doomed.romancy().start(type, "a", StartOptions.id(id));
                    doomed.faults().kill();
                    return "never committed";
                }))
                .hasMessageContaining("was killed on purpose");

        assertThat(storage().instances().find(id)).isEmpty();
        assertThat(result(ended(worker(), id))).isEqualTo("again!");
        doomed.faults().bury();
    }

    @Test
    void rollbackOnlyRollsBack() throws Exception {
        var worker = worker();
        String id = id();

        worker.romancy().inTransaction(transaction -> {
            worker.romancy().start(type, "a", StartOptions.id(id));
            transaction.rollbackOnly();
            return "returned all the same";
        });

        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void aMessageIsSentWithTheCommitOrNever() throws Exception {
        var worker = worker();
        var handle = worker.romancy().start(type, "got ");
        worker.events().await(suspended(handle.id()));
        assertThatThrownBy(() -> worker.romancy().inTransaction(transaction -> {
                    handle.send(GO, "rolled back");
                    throw new IOException("the application failed");
                }))
                .isInstanceOf(IOException.class);

        worker.romancy().inTransaction(transaction -> {
            handle.send(GO, "committed");
            return true;
        });

        assertThat(result(handle)).isEqualTo("got committed");
    }

    @Test
    void aPublicationIsSeenWithTheCommitOrNever() throws Exception {
        Topic<String> news = broadcast();
        var listener = texts();
        var worker = worker(options -> options.workflow(listener, (ctx, input) -> {
            ctx.subscribe(news);
            String first = ctx.receive(news);
            return first + "," + ctx.receive(news);
        }));
        var handle = worker.romancy().start(listener, "x");
        worker.events().await(suspended(handle.id()));
        assertThatThrownBy(() -> worker.romancy().inTransaction(transaction -> {
                    worker.romancy().publish(news, "rolled back");
                    throw new IOException("the application failed");
                }))
                .isInstanceOf(IOException.class);

        worker.romancy().inTransaction(transaction -> {
            worker.romancy().publish(news, "one");
            worker.romancy().publish(news, "two");
            return true;
        });

        assertThat(result(handle)).isEqualTo("one,two");
    }

    @Test
    void aStartAndItsFirstMessageMayShareATransaction() throws Exception {
        var worker = worker();

        WorkflowHandle<String> handle = worker.romancy().inTransaction(transaction -> {
            var started = worker.romancy().start(type, "order ");
            started.send(GO, "paid");
            return started;
        });

        assertThat(result(handle)).isEqualTo("order paid");
    }

    @Test
    void aCancellationIsAcceptedWithTheCommitOrNever() throws Exception {
        var worker = worker();
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        worker.romancy().inTransaction(transaction -> {
            assertThat(handle.cancel("rolled back")).isTrue();
            transaction.rollbackOnly();
            return true;
        });
        assertThat(handle.info().cancelReason()).isNull();

        worker.romancy().inTransaction(transaction -> handle.cancel("committed"));

        worker.events().await(EventConditions.ended(handle.id(), InstanceStatus.CANCELLED));
        assertThat(handle.info().cancelReason()).isEqualTo("committed");
    }

    @Test
    void transactionsInsideOneAnotherAreOne() throws Exception {
        var worker = worker();
        String id = id();

        assertThatThrownBy(() -> worker.romancy().inTransaction(outer -> {
                    Transaction inner = worker.romancy().inTransaction(joined -> {
                        worker.romancy().start(type, "x", StartOptions.id(id));
                        return joined;
                    });
                    assertThat(inner).isSameAs(outer);
                    throw new IOException("after the inner one");
                }))
                .isInstanceOf(IOException.class);

        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void whatIsToBeDoneAfterTheCommitIsDoneInOrderAndHarmsNobody() throws Exception {
        var worker = worker();

        String result = worker.romancy().inTransaction(transaction -> {
            transaction.afterCommit(() -> tally.mark("first"));
            transaction.afterCommit(() -> {
                throw new IllegalStateException("a failure of its own");
            });
            transaction.afterCommit(() -> tally.mark("third"));
            tally.mark("work");
            return "committed";
        });
        worker.romancy().inTransaction(transaction -> {
            transaction.afterCommit(() -> tally.mark("never"));
            transaction.rollbackOnly();
            return true;
        });

        assertThat(result).isEqualTo("committed");
        assertThat(tally.all()).containsExactly("work", "first", "third");
    }

    private static void isRefused(Throwable e) {
        assertThat(e)
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.WRONG_PLACE));
    }

    @Test
    void waitingInsideForWhatOnlyTheCommitCanStartIsRefused() throws Exception {
        var worker = worker();

        worker.romancy().inTransaction(transaction -> {
            var handle = worker.romancy().start(type, "x");
            assertThatThrownBy(() -> handle.result(Duration.ofSeconds(1))).satisfies(TransactionScenario::isRefused);
            assertThatThrownBy(handle::resultAsync).satisfies(TransactionScenario::isRefused);
            transaction.rollbackOnly();
            return true;
        });
    }

    private static long hintsGiven(ScenarioWorker by) {
        return by.romancy().metrics().hints().given();
    }

    /** By a client, which gives no hints but those for what the test does. */
    @Test
    void nobodyIsToldBeforeTheCommitNorEverAfterARollback() throws Exception {
        assumeTrue(hasNotifications(), "this storage has no notifications");
        var client = client();
        client.events().await(source(SourceState.LIVE));
        client.events().await(polled("message-dispatch")); // it may have found what others left
        var romancy = client.romancy();
        var waiting = romancy.start(type, "x");
        var desk = new Desk(unique("type"));
        Map<String, Runnable> deeds = new LinkedHashMap<>();
        deeds.put("start", () -> romancy.start(type, "x"));
        deeds.put("send", () -> waiting.send(GO, "x"));
        deeds.put("publish", () -> romancy.publish(broadcast(), "x"));
        deeds.put("event", () -> romancy.outbox().add(desk.type(), "x"));
        deeds.put("wake", () -> romancy.wake(NotificationChannel.text("nobodys"), "x"));

        for (var deed : deeds.entrySet()) {
            long before = hintsGiven(client);
            for (boolean committed : new boolean[] {false, true}) {
                romancy.inTransaction(transaction -> {
                    deed.getValue().run();
                    assertThat(hintsGiven(client))
                            .as(deed.getKey() + ", before the end")
                            .isEqualTo(before);
                    if (!committed) {
                        transaction.rollbackOnly();
                    }
                    return committed;
                });
                assertThat(hintsGiven(client) - before)
                        .as(deed.getKey() + (committed ? ", committed" : ", rolled back"))
                        .isEqualTo(committed ? 1 : 0);
            }
        }

        var relayer = worker(options -> options.publisher(desk)); // leaves nothing behind
        relayer.events().await(published(desk.type()));
    }

    @Test
    void aCommitSucceedsAndReturnsThoughNobodyCanBeTold() throws Exception {
        assumeTrue(hasNotifications(), "this storage has no notifications");
        worker();
        var failing = client();
        var silent = client();
        failing.faults().fail(StorageCall.NOTIFY);
        silent.faults().hold(StorageCall.NOTIFY);

        for (var client : List.of(failing, silent)) {
            WorkflowHandle<String> handle = elsewhere(() -> client.romancy().inTransaction(transaction -> {
                var started = client.romancy().start(type, "found ");
                started.send(GO, "all the same");
                return started;
            }));
            assertThat(result(handle)).isEqualTo("found all the same");
        }

        failing.faults().awaitCount(1, DEADLINE);
        silent.faults().awaitHeld(StorageCall.NOTIFY, DEADLINE);
    }

    @Test
    void aClientsTransactionWakesAWorkerElsewhere() throws Exception {
        var worker = worker();
        var client = client();

        WorkflowHandle<String> handle = client.romancy().inTransaction(transaction -> {
            var started = client.romancy().start(type, "a");
            started.send(GO, "b");
            return started;
        });

        assertThat(result(handle)).isEqualTo("ab");
        assertThat(worker.events().about(handle.id())).isNotEmpty();
    }
}
