package io.romancy.testkit.thirdparty;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An engine finds the storage of a third party by its URL, and by itself that there is nothing to listen to. */
class SlateEngineTest {
    private static final WorkflowType<String, String> WAITING = WorkflowType.of("waiting", String.class, String.class);
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);

    /** As long as the test may take: an interval that counted only while notifications are trusted. */
    private static final Duration NEVER = Duration.ofMinutes(59);

    @Test
    void pollsForWhatAnotherProcessDidAndTrustsNobodyToTell() {
        var events = new EngineEvents();
        try (Romancy worker = polling("slate:polled")
                        .listener(events)
                        .workflow(WAITING, () -> (ctx, input) -> input + " " + ctx.receive(GO))
                        .open();
                Romancy client = polling("slate:polled").worker(false).open()) {
            assertThat(worker.status().notifications()).isNull();
            assertThat(worker.status().storage()).contains("A slate in memory");

            var handle = client.start(WAITING, "started elsewhere,");
            events.await(suspended(handle.id()));
            handle.send(GO, "woken elsewhere");

            assertThat(handle.result(EngineEvents.DEADLINE)).isEqualTo("started elsewhere, woken elsewhere");
            assertThat(events.all(EngineEvent.PollFinished.class))
                    .isNotEmpty()
                    .noneMatch(EngineEvent.PollFinished::notificationsTrusted);
            assertThat(events.all(EngineEvent.HintReceived.class)).isEmpty();
            assertThat(events.all(EngineEvent.HintsSent.class)).isEmpty();
        }
    }

    @Test
    void doesNotOpenIfNotificationsAreDemanded() {
        var demanding = polling("slate:demanded").listenNotify(ListenNotify.TRUE);

        assertThatThrownBy(demanding::open)
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTIFICATIONS_UNSUPPORTED))
                .hasMessageContaining("slate:demanded (A slate in memory) has nothing to listen to");
    }

    private static RomancyBuilder polling(String url) {
        Duration interval = Duration.ofMillis(50);
        return Romancy.builder()
                .database(url)
                .workflowResumptionInterval(interval)
                .timerCheckInterval(interval)
                .channelTimeoutInterval(interval)
                .notifyFallbackInterval(NEVER)
                .retention(null);
    }
}
