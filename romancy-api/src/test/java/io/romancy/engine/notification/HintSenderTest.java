package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.poll.QuietEvents;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HintSenderTest {
    private static final NotificationChannel<String> A = NotificationChannel.text("a");
    private static final NotificationChannel<String> B = NotificationChannel.text("b");
    private static final long IDLE = Long.MAX_VALUE;

    private final ManualEnvironment environment = new ManualEnvironment(1, Long.MAX_VALUE - 100);
    private final ScriptedSource source = new ScriptedSource();
    private final List<EngineEvent> events = new ArrayList<>();
    private final HintSender sender = new HintSender(environment, source, "app_", new QuietEvents(events::add));

    @BeforeEach
    void connected() {
        source.state = SourceState.LIVE;
    }

    @Test
    void waitsWithoutEndWhileThereIsNothingToSend() {
        assertThat(sender.step()).isEqualTo(IDLE);
        assertThat(source.sent).isEmpty();
    }

    @Test
    void sendsTheFirstHintAtOnceAndThoseOfTheNextMomentTogether() {
        sender.hint(A, "1");
        assertThat(environment.wakes()).isOne();
        assertThat(sender.step()).isEqualTo(IDLE);
        assertThat(source.sent).containsExactly(List.of(new Notification("app_a", "1")));

        environment.passNanos(400_000);
        sender.hint(A, "2");
        sender.hint(B, "3");
        sender.hint(A, "2");
        assertThat(environment.wakes()).as("only the first of a window wakes").isEqualTo(2);
        assertThat(sender.step()).isEqualTo(HintSender.FIRST_WINDOW - 400_000);
        assertThat(source.sent).hasSize(1);

        environment.passNanos(HintSender.FIRST_WINDOW - 400_000);
        assertThat(sender.step()).isEqualTo(IDLE);
        assertThat(source.sent).hasSize(2);
        assertThat(source.sent)
                .last()
                .isEqualTo(List.of(new Notification("app_a", "2"), new Notification("app_b", "3")));
        assertThat(events).containsExactly(new EngineEvent.HintsSent(1, 0), new EngineEvent.HintsSent(2, 1));
    }

    @Test
    void sendsAtOnceAgainAfterAQuietWindow() {
        sender.hint(A, "1");
        sender.step();
        environment.passNanos(HintSender.WINDOW);
        sender.hint(A, "2");
        sender.step();
        assertThat(source.sent).hasSize(2);
    }

    @Test
    void whileThereIsMuchItSendsEveryTenMillisecondsAtMost() {
        sender.hint(A, "at once");
        sender.step();
        long window = HintSender.FIRST_WINDOW;
        for (int i = 0; i < 10; i++) {
            for (int each = 0; each < 12; each++) {
                sender.hint(A, "waits " + i + "." + each);
            }
            assertThat(sender.step()).isEqualTo(window);
            environment.passNanos(window);
            sender.step();
            window = Math.min(HintSender.WINDOW, window * 2);
        }
        assertThat(window).isEqualTo(HintSender.WINDOW);

        sender.step();
        environment.passNanos(3 * HintSender.WINDOW);
        sender.hint(A, "after a quiet time");
        sender.step();
        sender.hint(A, "soon");
        assertThat(sender.step()).isEqualTo(HintSender.FIRST_WINDOW);
    }

    @Test
    void hintsThatComeOneByOneAreSentAtOnceHoweverManyTheyAre() {
        for (int i = 0; i < 1000; i++) {
            sender.hint(A, "one " + i);
            sender.step();
            assertThat(source.sent).as("hint %d", i).hasSize(i + 1);
            environment.passNanos(HintSender.STEADY);
        }
    }

    @Test
    void whoeverAnswersEachHintWithAnotherKeepsNobodyBusy() {
        long began = environment.nanoTime();
        for (int i = 0; i < 1000; i++) {
            sender.hint(A, "again " + i);
            long wait = sender.step();
            if (wait != IDLE) {
                environment.passNanos(wait);
                sender.step();
            }
            assertThat(source.sent).hasSize(i + 1);
        }
        assertThat(environment.nanoTime() - began).isGreaterThan(900 * HintSender.STEADY);
    }

    @Test
    void whenThereIsLessTheMomentGetsShorterAgain() {
        for (int flush = 0; flush < 10; flush++) {
            environment.passNanos(HintSender.WINDOW);
            for (int each = 0; each < 12; each++) {
                sender.hint(A, "much " + flush + "." + each);
            }
            sender.step();
        }
        long window = HintSender.WINDOW;
        for (int flush = 0; flush < 6; flush++) {
            sender.hint(A, "little " + flush);
            assertThat(sender.step()).isEqualTo(window);
            environment.passNanos(window);
            sender.step();
            window = Math.max(HintSender.FIRST_WINDOW, window / 2);
        }
        assertThat(window).isEqualTo(HintSender.FIRST_WINDOW);
    }

    @Test
    void aHintThatComesWhileOthersAreSentIsSentWithTheNext() {
        source.onSend = batch -> {
            if (batch.getFirst().payload().equals("1")) {
                sender.hint(A, "2");
            }
        };
        sender.hint(A, "1");
        assertThat(sender.step()).isEqualTo(HintSender.FIRST_WINDOW);
        environment.passNanos(HintSender.FIRST_WINDOW);
        sender.step();
        assertThat(source.sent).last().isEqualTo(List.of(new Notification("app_a", "2")));
    }

    @Test
    void sendsSweepsForWhatCouldNotBeSentAndBacksOffMeanwhile() {
        failing();
        sender.hint(A, "1");
        sender.hint(A, "2");
        sender.hint(B, "3");
        Duration nominal = Duration.ofMillis(100);
        for (int i = 0; i < 14; i++) {
            long wait = sender.step();
            assertThat(Duration.ofNanos(wait)).isBetween(nominal.dividedBy(2), nominal);
            sender.hint(A, "while it backs off " + i);
            assertThat(sender.step())
                    .as("a hint does not cut the back-off short")
                    .isEqualTo(wait);
            environment.passNanos(wait);
            nominal = nominal.multipliedBy(2);
            nominal = nominal.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : nominal;
        }
        assertThat(sender.stats().failuresInARow()).isEqualTo(14);
        assertThat(sender.stats().waitingChannels()).isEqualTo(2);

        source.onSend = batch -> {};
        assertThat(sender.step()).isEqualTo(IDLE);
        assertThat(source.sent).containsExactly(List.of(Notification.sweep("app_a"), Notification.sweep("app_b")));
        environment.passNanos(HintSender.WINDOW);
        sender.hint(A, "4");
        sender.step();
        assertThat(source.sent).last().isEqualTo(List.of(new Notification("app_a", "4")));
    }

    @Test
    void anOutageThatIsOverCutsTheBackOffShort() {
        failing();
        source.state = SourceState.DOWN;
        sender.hint(A, "1");
        for (int i = 0; i < 10; i++) {
            passBackOff();
        }
        assertThat(sender.step()).as("it looks whether the outage is over").isLessThan(1_000_000_000L);

        source.onSend = batch -> {};
        source.state = SourceState.LIVE;

        assertThat(sender.step()).isEqualTo(IDLE);
        assertThat(source.sent).containsExactly(List.of(Notification.sweep("app_a")));
    }

    @Test
    void failuresThatComeAndGoAreLoggedOnceAMinute() {
        try (var lines = new LogCapture(HintSender.class.getName())) {
            for (int i = 0; i < 20; i++) {
                failing();
                sender.hint(A, "1");
                environment.passNanos(sender.step());
                source.onSend = batch -> {};
                environment.passNanos(Math.min(sender.step(), HintSender.WINDOW));
            }
            assertThat(sender.stats().failures()).isEqualTo(20);
            assertThat(lines.lines()).hasSize(2);
        }
    }

    private void passBackOff() {
        int failures = sender.stats().failuresInARow();
        while (sender.stats().failuresInARow() == failures) {
            environment.passNanos(sender.step());
        }
    }

    @Test
    void everyHintIsAccountedFor() {
        failing();
        for (int i = 0; i < 1_000; i++) {
            sender.hint(A, "a" + i);
            sender.hint(B, "b" + i % 10);
            environment.passNanos(sender.step() == IDLE ? 0 : 3_000_000);
            if (i == 500) {
                source.onSend = batch -> {};
            }
        }
        environment.pass(Duration.ofMinutes(1));
        sender.step();
        var stats = sender.stats();
        assertThat(stats.hints()).isEqualTo(2_000);
        assertThat(stats.sent() + stats.collapsed()).isEqualTo(2_000);
        assertThat(stats.sent())
                .isEqualTo(source.sent.stream().mapToLong(List::size).sum());
        assertThat(stats.dropped()).isZero();
        assertThat(stats.failures()).isPositive();
        assertThat(stats.failuresInARow()).isZero();
    }

    @Test
    void isolatesASourceThatThrowsAnError() {
        source.onSend = batch -> {
            throw new NoClassDefFoundError("driver");
        };
        sender.hint(A, "1");
        assertThat(Duration.ofNanos(sender.step())).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(events).singleElement().isInstanceOf(EngineEvent.HintsFailed.class);
    }

    @Test
    void logsAStreakOfFailuresOnceAndItsEndOnce() {
        try (var log = new LogCapture(HintSender.class.getName())) {
            failing();
            sender.hint(A, "1");
            for (int i = 0; i < 5; i++) {
                environment.passNanos(sender.step());
            }
            source.onSend = batch -> {};
            sender.step();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst()).startsWith("WARN Notifications could not be sent");
            assertThat(log.lines().getLast()).isEqualTo("INFO Notifications are sent again, after 5 failures");
        }
    }

    @Test
    void sendsWhatIsLeftWhenItClosesAndTakesNothingMore() {
        sender.hint(A, "1");
        sender.step();
        sender.hint(A, "2");
        assertThat(sender.step()).isPositive();
        sender.close(Duration.ofSeconds(1));
        assertThat(sender.step()).isEqualTo(StepLoop.DONE);
        sender.hint(A, "3");
        assertThat(source.sent).hasSize(2).last().isEqualTo(List.of(new Notification("app_a", "2")));
        assertThat(sender.stats().hints()).isEqualTo(2);
    }

    @Test
    void throwsNothingAtWhoeverGivesAHint() {
        var broken = NotificationChannel.<String>of(
                "broken",
                payload -> {
                    throw new OutOfMemoryError("pretended");
                },
                text -> text);
        sender.hint(broken, "1");
        sender.step();
        assertThat(source.sent).containsExactly(List.of(Notification.sweep("app_broken")));
    }

    private void failing() {
        source.onSend = batch -> {
            throw new StorageException(ErrorCode.NOTIFICATION_FAILED, "no connection", null, true);
        };
    }
}
