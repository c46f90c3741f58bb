package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.missed;
import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.PickupPath;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.poll.PollReason;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.record.EventCondition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What notifications bring, and what happens when they do not arrive or are not what they should be. */
public abstract class NotificationScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();

    @BeforeEach
    final void onlyWhereThereAreSome() {
        Assumptions.assumeTrue(hasNotifications(), "this storage has no notifications");
    }

    /** A worker that would not look by itself before the test is over. */
    private ScenarioWorker patient() {
        var worker = worker(options -> neverPolls(options).workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        return worker;
    }

    @Test
    void anotherProcessWakesAWorkerThatDoesNotPoll() {
        var worker = patient();
        var client = client();

        var handle = client.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "woken");

        assertThat(result(handle)).isEqualTo("woken");
        assertThat(worker.events().all(EngineEvent.HintReceived.class)).isNotEmpty();
    }

    @Test
    void whatIsLostIsFoundWithinTheFallbackIntervalAndCounted() {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events()
                .await(EventCondition.of(
                        "a poll while notifications are trusted",
                        EngineEvent.PollFinished.class,
                        EngineEvent.PollFinished::notificationsTrusted));
        worker.faults().notifications().drop();

        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "found");
        assertThat(result(handle)).isEqualTo("found");
        assertThat(worker.faults().notifications().dropped()).isPositive();
        assertThat(worker.romancy().metrics().foundByIntervalWhileTrusted()).isPositive();
        assertThat(worker.events().all(EngineEvent.PollFinished.class))
                .as("what a sweep found although notifications were trusted is what they missed")
                .anyMatch(poll ->
                        poll.notificationsTrusted() && poll.reason() == PollReason.INTERVAL && poll.found() > 0);
    }

    @Test
    void theWorkOfAGapIsFoundByOneSweepWhenTheConnectionIsBack() {
        var worker = patient();
        worker.faults().notifications().disconnect();
        worker.events().await(source(SourceState.DOWN));
        var handle = client().romancy().start(type, "x");

        worker.faults().notifications().reconnect();

        worker.events().await(suspended(handle.id()));
        assertThat(worker.events().count(missed())).isPositive();
        handle.send(GO, "back");
        assertThat(result(handle)).isEqualTo("back");
    }

    @Test
    void whatComesLateAndInTheWrongOrderIsHarmless() {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.faults().notifications().hold();
        var client = client();
        var handles =
                List.of(client.romancy().start(type, "a"), client.romancy().start(type, "b"));
        handles.forEach(handle -> handle.send(GO, "there"));
        handles.forEach(handle -> assertThat(result(handle)).isEqualTo("there"));

        worker.faults().notifications().deliverReversed();
        worker.faults().notifications().pass();

        var after = client.romancy().start(type, "c");
        after.send(GO, "as ever");
        assertThat(result(after)).isEqualTo("as ever");
    }

    @Test
    void whatNobodyMeantToSendIsHarmless() {
        var worker = patient();
        var faults = worker.faults().notifications();
        for (String channel : faults.channels()) {
            for (String payload : List.of(
                    "",
                    "{}",
                    "{",
                    "null",
                    "[1,2]",
                    "{\"instance_id\":",
                    "{\"instance_id\":42,\"workflow_name\":null}",
                    "{\"instance_id\":\"x\",\"unknown\":true,\"expires_at\":\"never\"}",
                    "\u0000\uffff\ud83d",
                    "x".repeat(100_000))) {
                faults.forge(new Notification(channel, payload));
            }
        }
        faults.forge(new Notification("foreign_channel", "{}"));

        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "alive");

        assertThat(result(handle)).isEqualTo("alive");
        assertThat(worker.events().count(missed()))
                .as("each that cannot be read is a sweep")
                .isPositive();
    }

    @Test
    void theEngineCountsWhatWasSentHeardAndLookedAt() {
        var worker = patient();
        var client = client();
        client.events().await(source(SourceState.LIVE));
        var handle = client.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        worker.faults().notifications().forge(new Notification("foreign_channel", "{}"));
        handle.send(GO, "counted");
        result(handle);

        var sent = client.romancy().metrics();
        var heard = worker.romancy().metrics();

        assertThat(sent.hints().given()).isPositive();
        assertThat(sent.hints().sent()).isPositive();
        assertThat(sent.leaseMargin()).as("of a client").isNull();
        assertThat(heard.leaseMargin()).isPositive();
        assertThat(heard.channels()).anyMatch(channel -> channel.received() > 0);
        assertThat(heard.pollers()).anyMatch(poller -> {
            var woken = poller.byReason().get(PollReason.WAKE);
            return woken != null && woken.found() > 0 && woken.count() > 0;
        });
        assertThat(heard.pollers())
                .allSatisfy(poller -> assertThat(poller.byReason()).containsOnlyKeys(PollReason.values()));
        assertThat(heard.foundByIntervalWhileTrusted()).isZero();
        assertThat(heard.pickups())
                .filteredOn(pickup -> pickup.path() == PickupPath.HINT)
                .singleElement()
                .satisfies(pickup -> {
                    assertThat(pickup.runs()).isPositive();
                    assertThat(pickup.p50()).isBetween(Duration.ZERO, pickup.longest());
                    assertThat(pickup.p99()).isBetween(pickup.p50(), pickup.longest());
                    assertThat(pickup.longest()).isBetween(pickup.mean(), DEADLINE);
                });
        assertThat(sent.pickups()).as("of a client").isEmpty();
        assertThat(worker.events().all(EngineEvent.RunsPickedUp.class))
                .anyMatch(claim -> claim.path() == PickupPath.HINT && claim.count() > 0);
        assertThat(heard.notifications()).satisfies(source -> {
            assertThat(source).isNotNull();
            assertThat(source.state()).isEqualTo(SourceState.LIVE);
            assertThat(source.gaps()).isPositive();
            assertThat(source.foreign()).isEqualTo(1);
        });
    }

    @Test
    void equalHintsAreSentAsOneAndTheOthersCounted() {
        var client = client();
        var channel = NotificationChannel.text("nobodys");
        client.faults().hold(StorageCall.NOTIFY);
        client.romancy().wake(channel, "first");
        client.faults().awaitHeld(StorageCall.NOTIFY, DEADLINE);
        for (int i = 0; i < 10; i++) {
            client.romancy().wake(channel, "equal");
        }
        assertThat(client.romancy().metrics().hints().coalesced()).isZero();

        client.faults().heal();

        await(
                "one to be sent for all ten",
                () -> client.romancy().metrics().hints().coalesced() > 0);
        var hints = client.romancy().metrics().hints();
        assertThat(hints.coalesced()).isEqualTo(9);
        assertThat(hints.sent()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFloodOfForgedOnesIsBoundedWork() {
        var worker = patient();
        int before = worker.faults().calls(StorageCall.CLAIM);
        var channels = List.copyOf(worker.faults().notifications().channels());
        for (int i = 0; i < 20_000; i++) {
            worker.faults()
                    .notifications()
                    .forge(new Notification(
                            channels.get(i % channels.size()),
                            "{\"instance_id\":\"i" + i + "\",\"workflow_name\":\"w" + i + "\"}"));
        }

        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "alive");

        assertThat(result(handle)).isEqualTo("alive");
        assertThat(worker.faults().calls(StorageCall.CLAIM) - before).isLessThan(10_000);
    }

    @Test
    void aProcessThatDiesBetweenItsCommitAndItsHintCostsTimeAndNoWork() {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        var client = client();
        client.events().await(source(SourceState.LIVE));
        client.faults().hold(StorageCall.NOTIFY);

        var handle = client.romancy().start(type, "x");
        client.faults().awaitHeld(StorageCall.NOTIFY, Duration.ofSeconds(60));
        client.faults().freeze();

        worker.events().await(suspended(handle.id()));
        assertThat(worker.events().all(EngineEvent.HintReceived.class))
                .as("nobody was told")
                .isEmpty();
    }

    @Test
    void hintsThatCannotBeSentAreMadeUpForByASweep() {
        var worker = patient();
        var client = client();
        client.events().await(source(SourceState.LIVE));
        client.faults().fail(StorageCall.NOTIFY);
        var handle = client.romancy().start(type, "x");
        client.faults().awaitCount(1, Duration.ofSeconds(60));

        client.faults().heal();
        client.romancy().start(type, "another");

        worker.events().await(suspended(handle.id()));
    }
}
