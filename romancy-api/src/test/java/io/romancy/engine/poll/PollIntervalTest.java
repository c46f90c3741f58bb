package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PollIntervalTest {
    private static final Duration BASE = Duration.ofSeconds(1);
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Duration ALMOST_FALLBACK = Duration.ofSeconds(27);

    private final ScriptedPoller poller = new ScriptedPoller("work", BASE);

    @Test
    void looksAtTheStartAndThenOncePerIntervalShortenedByATenthAtMost() {
        for (long seed = 0; seed < 100; seed++) {
            var rig = new PollRig(seed, poller);
            for (int i = 0; i < 20; i++) {
                assertThat(rig.stepAndWait(poller)).isBetween(BASE.minus(TENTH), BASE);
            }
        }
        assertThat(poller.asked()).hasSize(2_000);
        assertThat(poller.reasons().subList(0, 20))
                .startsWith(PollReason.START)
                .filteredOn(reason -> reason == PollReason.INTERVAL)
                .hasSize(19);
    }

    @Test
    void drawsEveryIntervalAnewSoThatWorkersDoNotMarchInStep() {
        var rig = new PollRig(3, poller);
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            waits.add(rig.stepAndWait(poller));
        }
        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void doesNotLookBeforeItsTime() {
        var rig = new PollRig(1, poller);
        Duration wait = rig.step(poller);
        rig.environment.pass(wait.minusNanos(1));
        assertThat(rig.step(poller)).isEqualTo(Duration.ofNanos(1));
        assertThat(poller.asked()).hasSize(1);
    }

    @Test
    void stretchesToTheFallbackIntervalOnlyOnceNotificationsHaveBeenLiveForAWhile() {
        var rig = new PollRig(1, poller);
        rig.step(poller);
        rig.loops.trust(true);
        rig.runFor(PollRig.HYSTERESIS.minusMillis(1), poller);
        assertThat(poller.asked()).allMatch(context -> !context.notificationsTrusted());
        assertThat(rig.loops.stats().notificationsTrusted()).isFalse();

        rig.runFor(Duration.ofSeconds(2), poller);
        assertThat(rig.loops.stats().notificationsTrusted()).isTrue();
        assertThat(poller.asked().getLast().notificationsTrusted()).isTrue();
        int before = poller.asked().size();
        assertThat(rig.step(poller)).isBetween(ALMOST_FALLBACK.minusSeconds(3), PollRig.FALLBACK);
        rig.runFor(Duration.ofMinutes(5), poller);
        assertThat(poller.asked().size() - before).isBetween(10, 12);
    }

    @Test
    void startsToCountAnewWhenTheSourceFlaps() {
        var rig = new PollRig(1, poller);
        for (int i = 0; i < 20; i++) {
            rig.loops.trust(true);
            rig.runFor(PollRig.HYSTERESIS.minusMillis(10), poller);
            rig.loops.trust(false);
            rig.loops.trust(true);
        }
        assertThat(poller.asked()).allMatch(context -> !context.notificationsTrusted());
    }

    @Test
    void doesNotStartToCountAnewWhenLiveIsReportedAgain() {
        var rig = new PollRig(1, poller);
        rig.loops.trust(true);
        rig.runFor(Duration.ofSeconds(4), poller);
        rig.loops.trust(true);
        rig.runFor(Duration.ofSeconds(2), poller);
        assertThat(rig.loops.stats().notificationsTrusted()).isTrue();
    }

    @Test
    void returnsToTheBaseIntervalAtOnceWhenNotificationsAreNoLongerLive() {
        for (long seed = 0; seed < 200; seed++) {
            var rig = new PollRig(seed, poller);
            rig.trusted(poller);
            rig.environment.pass(Duration.ofSeconds(4));
            int wakes = rig.environment.wakes();
            rig.loops.trust(false);
            assertThat(rig.environment.wakes()).isGreaterThan(wakes);
            assertThat(rig.step(poller)).isLessThanOrEqualTo(BASE);
            int before = poller.asked().size();
            rig.runFor(Duration.ofSeconds(10), poller);
            assertThat(poller.asked().size() - before).isBetween(9, 12);
            assertThat(poller.asked().getLast().notificationsTrusted()).isFalse();
        }
    }

    @Test
    void spreadsTheWorkersThatLoseTheSameServer() {
        Set<Duration> waits = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            var rig = new PollRig(seed, poller);
            rig.trusted(poller);
            rig.environment.pass(Duration.ofSeconds(4));
            rig.loops.trust(false);
            waits.add(rig.step(poller));
        }
        assertThat(waits).hasSizeGreaterThan(45);
    }

    @Test
    void keepsAnIntervalThatIsLongerThanTheFallback() {
        var slow = new ScriptedPoller("slow", Duration.ofMinutes(10));
        var rig = new PollRig(1, slow);
        rig.loops.trust(true);
        rig.environment.pass(Duration.ofSeconds(6));
        assertThat(rig.step(slow)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void countsFromStartToStartAndLeavesTheDatabaseATenthWhenAPollTakesLong() {
        var rig = new PollRig(1, poller);
        poller.answers(() -> {
            rig.environment.pass(Duration.ofMillis(600));
            return PollResult.nothing();
        });
        assertThat(rig.stepAndWait(poller)).isBetween(Duration.ofMillis(300), Duration.ofMillis(400));
        poller.answers(() -> {
            rig.environment.pass(Duration.ofSeconds(7));
            return PollResult.nothing();
        });
        assertThat(rig.step(poller)).isEqualTo(TENTH);
    }

    @Test
    void everyPollBeginsANewInterval() {
        var rig = new PollRig(1, poller);
        rig.step(poller);
        rig.environment.pass(Duration.ofMillis(500));
        rig.loops.poller("work");
        assertThat(rig.step(poller)).isBetween(BASE.minus(TENTH), BASE);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
    }

    @Test
    void countsWhatOnlyTheIntervalFoundWhileTrustedAsUnhinted() {
        var rig = new PollRig(1, poller);
        rig.trusted(poller);
        rig.runFor(Duration.ofSeconds(1), poller);
        poller.finds(3);
        rig.loops.poller("work");
        rig.step(poller);
        assertThat(rig.loops.stats().foundUnhinted()).isZero();
        poller.finds(2);
        rig.runFor(PollRig.FALLBACK, poller);
        rig.loops.trust(false);
        poller.finds(5);
        rig.runFor(Duration.ofSeconds(2), poller);
        assertThat(rig.loops.stats().pollers()).singleElement().satisfies(stats -> {
            assertThat(stats.found()).isEqualTo(10);
            assertThat(stats.foundUnhinted()).isEqualTo(2);
            assertThat(stats.polls()).isEqualTo(poller.asked().size());
        });
    }
}
