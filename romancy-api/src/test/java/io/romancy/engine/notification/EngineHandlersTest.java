package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.HandStep;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.poll.ScriptedPoller;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.EngineChannels.ChannelMessage;
import io.romancy.spi.notification.EngineChannels.TimerExpired;
import io.romancy.spi.notification.EngineChannels.WorkflowResumable;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.poll.PollReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EngineHandlersTest {
    private static final Instant DATABASE_NOW = Instant.parse("2025-01-15T10:30:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final ScriptedPoller resumption = new ScriptedPoller(PollerNames.WORKFLOW_RESUMPTION, INTERVAL);
    private final ScriptedPoller timers = new ScriptedPoller(PollerNames.TIMER_CHECK, INTERVAL);
    private final ScriptedPoller timeouts = new ScriptedPoller(PollerNames.CHANNEL_TIMEOUT, INTERVAL);
    private final ScriptedPoller dispatch = new ScriptedPoller(PollerNames.MESSAGE_DISPATCH, INTERVAL);
    private final List<ScriptedPoller> all = List.of(resumption, timers, timeouts, dispatch);

    private ListenerRig rig = rig(name -> name.equals("orders"), at -> Duration.between(DATABASE_NOW, at));

    @Test
    void listensOnTheThreeChannelsThatAreUsed() {
        assertThat(rig.source.channels)
                .containsExactlyInAnyOrder("app_workflow_resumable", "app_timer_expired", "app_channel_message");
    }

    @Test
    void aResumableWorkflowWakesTheResumptionIfThisWorkerHasIt() {
        hears(EngineChannels.WORKFLOW_RESUMABLE, new WorkflowResumable("wf_1", "invoices"));
        step();
        assertThat(resumption.asked()).hasSize(1);
        hears(EngineChannels.WORKFLOW_RESUMABLE, new WorkflowResumable("wf_2", "orders"));
        step();
        assertThat(resumption.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
        othersOnlyStarted(resumption);
    }

    @Test
    void aTimerLetsTheTimerCheckLookWhenTheDatabasesClockSaysSo() {
        hears(EngineChannels.TIMER_EXPIRED, timer(DATABASE_NOW.plusMillis(1_234)));
        assertThat(HandStep.of(rig.loops, PollerNames.TIMER_CHECK)).isEqualTo(Duration.ofMillis(1_234));
        environment.pass(Duration.ofMillis(1_234));
        step();
        assertThat(timers.reasons()).containsExactly(PollReason.START, PollReason.DUE);
        othersOnlyStarted(timers);
    }

    @Test
    void aTimerThatIsOverIsLookedForAtOnceAndOneInAnotherAgeHarmsNobody() {
        hears(EngineChannels.TIMER_EXPIRED, timer(Instant.MIN));
        step();
        assertThat(timers.reasons()).containsExactly(PollReason.START, PollReason.DUE);
        hears(EngineChannels.TIMER_EXPIRED, timer(Instant.MAX));
        assertThat(HandStep.of(rig.loops, PollerNames.TIMER_CHECK)).isBetween(Duration.ofSeconds(9), INTERVAL);
    }

    @Test
    void aMessageWakesTheDispatch() {
        hears(EngineChannels.CHANNEL_MESSAGE, new ChannelMessage("orders", 42, null));
        step();
        assertThat(dispatch.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
        othersOnlyStarted(dispatch);
    }

    @Test
    void aSweepWakesThePollerOfItsChannel() {
        rig.source.hears("app_workflow_resumable", Notification.SWEEP);
        rig.source.hears("app_timer_expired", Notification.SWEEP);
        rig.source.hears("app_channel_message", Notification.SWEEP);
        step();
        for (var poller : List.of(resumption, timers, dispatch)) {
            assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
        }
        assertThat(timeouts.asked()).hasSize(1);
    }

    @Test
    void aPayloadThatCannotBeReadCountsAsMissedAndIsLoggedOnceAMinute() {
        var payloads = List.of(
                "",
                "{",
                "null",
                "[]",
                "\u0001\u0002\u0003",
                "{\"instance_id\":7}",
                "{\"workflow_name\":\"orders\"}",
                "{".repeat(8_000),
                "x".repeat(8_000),
                "{\"instance_id\":\"a\",\"workflow_name\":\"orders\"} and more");
        try (var log = new LogCapture(HandlerCall.class.getName())) {
            payloads.forEach(payload -> rig.source.hears("app_workflow_resumable", payload));
            assertThat(log.lines()).hasSize(1);
            environment.pass(Duration.ofMinutes(1));
            rig.source.hears("app_workflow_resumable", "{");
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getLast()).contains("(9 more since the last time)");
        }
        assertThat(rig.stats("workflow_resumable").undecodable()).isEqualTo(payloads.size() + 1);
        assertThat(rig.events)
                .contains(new EngineEvent.HintsMissed("workflow_resumable", "a payload could not be read"));
        step();
        assertThat(resumption.reasons()).endsWith(PollReason.WAKE);
    }

    @Test
    void fieldsOfLaterReleasesAreIgnored() {
        rig.source.hears(
                "app_workflow_resumable",
                "{\"instance_id\":\"a\",\"workflow_name\":\"orders\",\"queue\":{\"name\":\"x\",\"at\":[1,2]}}");
        step();
        assertThat(resumption.reasons()).endsWith(PollReason.WAKE);
        assertThat(rig.stats("workflow_resumable").undecodable()).isZero();
    }

    @Test
    void wakesThePollerAfterAllWhenWhatTheEngineGaveItFails() {
        rig = rig(
                name -> {
                    throw new NoClassDefFoundError("pretended");
                },
                at -> {
                    throw new DateTimeException("out of range");
                });
        hears(EngineChannels.WORKFLOW_RESUMABLE, new WorkflowResumable("wf_1", "orders"));
        hears(EngineChannels.TIMER_EXPIRED, timer(DATABASE_NOW));
        step();
        assertThat(resumption.reasons()).endsWith(PollReason.WAKE);
        assertThat(timers.reasons()).endsWith(PollReason.WAKE);
        assertThat(rig.events).hasAtLeastOneElementOfType(EngineEvent.HandlerFailed.class);
        assertThat(rig.stats("workflow_resumable").failures()).isOne();
    }

    @Test
    void runOnTheThreadOfTheSourceAndNeedNoOther() {
        assertThat(environment.started()).isEmpty();
    }

    private ListenerRig rig(Predicate<String> hasWorkflow, Function<Instant, Duration> until) {
        var made = new ListenerRig(
                environment, EngineHandlers.of(hasWorkflow, until), resumption, timers, timeouts, dispatch);
        made.listener.start();
        all.forEach(poller -> HandStep.of(made.loops, poller.name()));
        return made;
    }

    private static TimerExpired timer(Instant at) {
        return new TimerExpired("wf_1", "timer:sleep_1", at);
    }

    private <P> void hears(NotificationChannel<P> channel, P payload) {
        rig.source.hears("app_" + channel.name(), channel.encode().apply(payload));
    }

    private void step() {
        all.forEach(poller -> HandStep.of(rig.loops, poller.name()));
    }

    private void othersOnlyStarted(ScriptedPoller woken) {
        assertThat(Stream.of(resumption, timers, timeouts, dispatch).filter(poller -> poller != woken))
                .allSatisfy(poller -> assertThat(poller.reasons()).containsExactly(PollReason.START));
    }
}
