package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.engine.seam.LogCapture;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PollLoopsTest {
    private final ScriptedPoller poller = new ScriptedPoller("work", Duration.ofSeconds(1));

    @Test
    void startsOneLoopForEachPollerAndOnlyOnce() {
        var rig = new PollRig(1, poller, new ScriptedPoller("other", Duration.ofSeconds(1)));
        assertThat(rig.environment.started()).isEmpty();
        rig.loops.start();
        assertThat(rig.environment.started()).containsExactly("romancy-poll-work", "romancy-poll-other");
        assertThatThrownBy(rig.loops::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ignoresUnknownNamesAndLogsEachOnce() {
        var rig = new PollRig(1, poller);
        try (var log = new LogCapture(PollLoops.class.getName())) {
            for (int i = 0; i < 10; i++) {
                rig.loops.poller("nobody");
                rig.loops.pollerIn("no one", Duration.ofSeconds(1));
            }
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARN Ignored a wake for the poller 'no"));
            for (int i = 0; i < 10_000; i++) {
                rig.loops.poller("made up " + i);
            }
            assertThat(log.lines()).hasSize(100);
        }
    }

    @Test
    void refusesTwoPollersOfOneName() {
        assertThatThrownBy(() -> new PollRig(1, poller, new ScriptedPoller("work", Duration.ofSeconds(2))))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_NAME))
                .hasMessageContaining("'work'");
    }

    @Test
    void refusesAnIntervalThatIsNotAboveZero() {
        for (var interval : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> new PollRig(1, new ScriptedPoller("spinning", interval)))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_BROKEN))
                    .hasMessageContaining("'spinning'")
                    .hasMessageContaining(interval.toString());
        }
    }

    @Test
    void noPollBeginsAfterTheClose() {
        var rig = new PollRig(1, poller);
        rig.step(poller);
        rig.loops.close();
        rig.loops.close();
        rig.loops.poller("work");
        rig.loops.gap();
        rig.environment.pass(Duration.ofDays(1));
        rig.step(poller);
        assertThat(poller.asked()).hasSize(1);
        assertThatThrownBy(rig.loops::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reportsNothingAfterTheClose() {
        var rig = new PollRig(1, poller);
        poller.answers(() -> {
            rig.loops.close();
            return PollResult.found(1);
        });
        rig.step(poller);
        assertThat(rig.events).isEmpty();
    }
}
