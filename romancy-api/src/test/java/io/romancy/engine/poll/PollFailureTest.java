package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent.PollFailed;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PollFailureTest {
    private static final Duration BASE = Duration.ofSeconds(1);

    private final ScriptedPoller poller = new ScriptedPoller("work", BASE);

    @Test
    void backsOffFromATenthOfASecondToHalfAMinuteAndThenStaysThere() {
        var rig = new PollRig(1, poller);
        for (int i = 0; i < 15; i++) {
            poller.fails(new IOException("no database"));
        }
        Duration nominal = Duration.ofMillis(100);
        for (int i = 0; i < 15; i++) {
            assertThat(rig.stepAndWait(poller)).isBetween(nominal.dividedBy(2), nominal);
            nominal = nominal.multipliedBy(2);
            nominal = nominal.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : nominal;
        }
        assertThat(poller.reasons().subList(1, 15)).containsOnly(PollReason.RETRY);
    }

    @Test
    void backsOffUpToTheIntervalOfAPollerThatLooksSeldom() {
        var seldom = new ScriptedPoller("seldom", Duration.ofMinutes(5));
        var rig = new PollRig(1, seldom);
        for (int i = 0; i < 20; i++) {
            seldom.fails(new IOException("no database"));
            rig.stepAndWait(seldom);
        }
        seldom.fails(new IOException("no database"));
        assertThat(rig.step(seldom)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    }

    @Test
    void resumesItsIntervalAfterTheFirstSuccessWithoutARestart() {
        var rig = new PollRig(1, poller);
        for (int i = 0; i < 8; i++) {
            poller.fails(new IOException("no database"));
        }
        rig.runFor(Duration.ofMinutes(2), poller);
        assertThat(poller.reasons())
                .startsWith(PollReason.START, PollReason.RETRY)
                .endsWith(PollReason.INTERVAL);
        assertThat(poller.asked()).hasSizeGreaterThan(90);
        poller.fails(new IOException("again"));
        rig.environment.pass(BASE);
        assertThat(rig.step(poller)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void wakesDoNotCutTheBackOffShortButAreNotForgotten() {
        var rig = new PollRig(1, poller);
        poller.fails(new IOException("no database"));
        Duration wait = rig.step(poller);
        int wakes = rig.environment.wakes();
        for (int i = 0; i < 100; i++) {
            rig.loops.poller("work");
            rig.loops.pollerIn("work", Duration.ZERO);
        }
        assertThat(rig.environment.wakes()).isEqualTo(wakes);
        assertThat(rig.step(poller)).isEqualTo(wait);
        rig.environment.pass(wait);
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.RETRY);
        assertThat(rig.step(poller)).isGreaterThan(Duration.ofMillis(800));
    }

    @Test
    void aGapCutsTheBackOffShortBecauseSomebodyReachedTheDatabase() {
        var rig = new PollRig(1, poller);
        poller.fails(new IOException("no database"));
        rig.step(poller);
        rig.loops.gap();
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.GAP);
    }

    @Test
    void aGapWhosePollFailedIsStillAGapAtTheNextTry() {
        var rig = new PollRig(1, poller);
        rig.step(poller);
        rig.loops.gap();
        poller.fails(new IOException("not yet"));
        assertThat(rig.stepAndWait(poller)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        rig.stepAndWait(poller);
        rig.step(poller);
        assertThat(poller.reasons())
                .containsExactly(PollReason.START, PollReason.GAP, PollReason.GAP, PollReason.INTERVAL);
    }

    @Test
    void isolatesErrorsOfTheJvmAndAResultThatIsNull() {
        var rig = new PollRig(1, poller);
        poller.fails(new NoClassDefFoundError("plugin"))
                .fails(new StackOverflowError())
                .fails(new OutOfMemoryError("pretended"))
                .answers(PollFailureTest::nothingAtAll)
                .finds(4);
        for (int i = 0; i < 5; i++) {
            rig.stepAndWait(poller);
        }
        assertThat(rig.events(PollFailed.class))
                .extracting(failed -> failed.error().getClass().getSimpleName())
                .containsExactly(
                        "NoClassDefFoundError", "StackOverflowError", "OutOfMemoryError", "NullPointerException");
        assertThat(rig.loops.stats().pollers().getFirst().found()).isEqualTo(4);
    }

    @Test
    void reportsEachFailureWithItsBackOff() {
        var rig = new PollRig(1, poller);
        var error = new IOException("no database");
        poller.fails(error);
        Duration wait = rig.step(poller);
        assertThat(rig.events(PollFailed.class)).containsExactly(new PollFailed("work", error, wait));
        assertThat(rig.loops.stats().pollers().getFirst().failuresInARow()).isOne();
    }

    @Test
    void logsAStreakOfFailuresOnceAndItsEndOnce() {
        var rig = new PollRig(1, poller);
        try (var log = new LogCapture(PollLoop.class.getName())) {
            for (int i = 0; i < 6; i++) {
                poller.fails(new IOException("no database"));
            }
            rig.runFor(Duration.ofMinutes(1), poller);
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst()).startsWith("WARN Poller 'work' failed, trying again in ");
            assertThat(log.lines().getLast()).matches("INFO Poller 'work' works again after 6 failures in \\d{4} ms");
        }
    }

    @Test
    void logsFailuresThatComeAndGoOnceAMinute() {
        var rig = new PollRig(1, poller);
        try (var log = new LogCapture(PollLoop.class.getName())) {
            for (int i = 0; i < 20; i++) {
                poller.fails(new IOException("every other time")).finds(1);
            }
            rig.runFor(Duration.ofSeconds(50), poller);
            assertThat(rig.events(PollFailed.class)).hasSize(20);
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void anObserverThatThrowsHarmsNoPoll() {
        var environment = new ManualEnvironment(1);
        var loops = new PollLoops(environment, List.of(poller), PollRig.FALLBACK, PollRig.HYSTERESIS, event -> {
            throw new AssertionError("observer");
        });
        loops.loop("work").step();
        loops.gap();
        loops.loop("work").step();
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.GAP);
        assertThat(loops.stats().pollers().getFirst().failures()).isZero();
    }

    @SuppressWarnings("NullAway") // what a plugin without null checks may do
    private static PollResult nothingAtAll() {
        return null;
    }
}
