package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent.PollFinished;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PollWishTest {
    private static final Duration BASE = Duration.ofSeconds(10);

    private final ScriptedPoller poller = new ScriptedPoller("work", BASE);
    private final ScriptedPoller other = new ScriptedPoller("other", BASE);
    private final PollRig rig = new PollRig(1, poller, other);

    @BeforeEach
    void bothHaveLookedOnce() {
        rig.step(poller);
        rig.step(other);
        rig.environment.pass(Duration.ofSeconds(1));
    }

    @Test
    void looksAtOnceWhenWokenAndOnceForManyWakes() {
        for (int i = 0; i < 1_000; i++) {
            rig.loops.poller("work");
        }
        rig.step(poller);
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
        assertThat(other.reasons()).containsExactly(PollReason.START);
    }

    @Test
    void wakesTheLoopOnlyForNews() {
        int wakes = rig.environment.wakes();
        for (int i = 0; i < 1_000; i++) {
            rig.loops.poller("work");
        }
        assertThat(rig.environment.wakes()).isEqualTo(wakes + 1);
    }

    @Test
    void looksAgainForAWakeThatCameDuringThePoll() {
        poller.answers(() -> {
            rig.loops.poller("work");
            return PollResult.found(1);
        });
        rig.loops.poller("work");
        assertThat(rig.step(poller)).isZero();
        rig.step(poller);
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE, PollReason.WAKE);
    }

    @Test
    void looksExactlyWhenTheNextRowIsDue() {
        poller.answers(() -> new PollResult(0, false, Duration.ofNanos(123_456_789), Set.of()));
        rig.loops.poller("work");
        assertThat(rig.stepAndWait(poller)).isEqualTo(Duration.ofNanos(123_456_789));
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE, PollReason.DUE);
    }

    @Test
    void looksAfterItsIntervalEvenIfTheNextRowIsDueLaterThanThat() {
        poller.answers(() -> new PollResult(0, false, Duration.ofDays(400_000), Set.of()));
        rig.loops.poller("work");
        assertThat(rig.stepAndWait(poller)).isBetween(BASE.multipliedBy(9).dividedBy(10), BASE);
        rig.step(poller);
        assertThat(poller.reasons()).endsWith(PollReason.INTERVAL);
    }

    @Test
    void forgetsWhatWasDueWhenALaterPollKnowsNothing() {
        poller.answers(() -> new PollResult(0, false, Duration.ofSeconds(3), Set.of()));
        rig.loops.poller("work");
        rig.step(poller);
        rig.loops.poller("work");
        assertThat(rig.step(poller)).isGreaterThan(Duration.ofSeconds(8));
    }

    @Test
    void theEarliestWishForATimeWins() {
        rig.loops.pollerIn("work", Duration.ofSeconds(5));
        rig.loops.pollerIn("work", Duration.ofSeconds(2));
        rig.loops.pollerIn("work", Duration.ofSeconds(3));
        assertThat(rig.stepAndWait(poller)).isEqualTo(Duration.ofSeconds(2));
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.DUE);
    }

    @Test
    void aWishForATimeSurvivesPollsBeforeIt() {
        rig.loops.pollerIn("work", Duration.ofSeconds(2));
        rig.loops.poller("work");
        assertThat(rig.stepAndWait(poller)).isEqualTo(Duration.ofSeconds(2));
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.WAKE, PollReason.DUE);
    }

    @Test
    void aWishForATimeThatIsOverIsForNow() {
        rig.loops.pollerIn("work", Duration.ofSeconds(-3));
        rig.step(poller);
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.DUE);
        assertThat(rig.step(poller)).isGreaterThan(Duration.ofSeconds(8));
    }

    @Test
    void aSaturatedPollIsFollowedByAnotherAtOnce() {
        for (int i = 0; i < 20; i++) {
            poller.answers(() -> new PollResult(100, true, null, Set.of()));
        }
        rig.loops.poller("work");
        for (int i = 0; i < 20; i++) {
            assertThat(rig.step(poller)).isZero();
        }
        assertThat(rig.step(poller)).isPositive();
        assertThat(poller.reasons()).hasSize(22).endsWith(PollReason.AGAIN);
    }

    @Test
    void aPollerThatIsAlwaysDueAndNeverFindsAnythingIsSlowedDown() {
        for (int i = 0; i < 10_000; i++) {
            poller.answers(() -> new PollResult(0, true, Duration.ZERO, Set.of()));
        }
        rig.loops.poller("work");
        rig.runFor(Duration.ofSeconds(2), poller);
        assertThat(poller.asked()).hasSizeBetween(200, 230);
    }

    @Test
    void aFloodOfHintsThatAreAboutNothingIsSlowedDownToAHundredPollsASecond() {
        long end = rig.environment.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (rig.environment.nanoTime() - end < 0) {
            rig.loops.poller("work");
            rig.step(poller);
            rig.environment.passNanos(100_000);
        }
        assertThat(poller.asked()).hasSizeBetween(190, 230);
        rig.environment.pass(Duration.ofMillis(20));
        rig.loops.poller("work");
        int before = poller.asked().size();
        rig.step(poller);
        assertThat(poller.asked()).as("after a rest a hint is taken at once").hasSize(before + 1);
    }

    @Test
    void wakesTheOthersThatAPollNames() {
        poller.answers(() -> new PollResult(1, false, null, Set.of("other", "nobody")));
        rig.loops.poller("work");
        rig.step(poller);
        rig.step(other);
        assertThat(other.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
    }

    @Test
    void everyPollerLooksOnceAfterAGap() {
        rig.loops.poller("work");
        rig.loops.gap();
        rig.loops.gap();
        for (int i = 0; i < 3; i++) {
            rig.step(poller);
            rig.step(other);
        }
        assertThat(poller.reasons()).containsExactly(PollReason.START, PollReason.GAP);
        assertThat(other.reasons()).containsExactly(PollReason.START, PollReason.GAP);
    }

    @Test
    void reportsEachPoll() {
        poller.finds(7);
        rig.loops.poller("work");
        rig.step(poller);
        assertThat(rig.events(PollFinished.class)).endsWith(new PollFinished("work", PollReason.WAKE, 7, false));
    }
}
