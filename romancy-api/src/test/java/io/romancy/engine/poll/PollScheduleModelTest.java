package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.LogCapture;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Does random things to a poller for a long virtual time, and checks after each what must hold whatever was done. */
final class PollScheduleModelTest {
    private static final Duration BASE = Duration.ofSeconds(1);
    private static final long SLACK = Pace.LONGEST_PAUSE;

    @Test
    void keepsItsPromisesWhateverHappensToIt() {
        try (var log = new LogCapture(PollLoop.class.getName())) {
            for (long seed = 0; seed < 300; seed++) {
                new Run(seed).steps(400);
            }
            assertThat(log.lines()).as("some of the polls failed").isNotEmpty();
        }
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final ScriptedPoller poller = new ScriptedPoller("work", BASE);
        private final PollRig rig;
        private boolean failing;
        private boolean lastFailed;
        private boolean woken; // and no poll has begun since
        private long wait;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rig = new PollRig(seed, poller);
            poller.answersOtherwise(this::answer);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                disturb();
                settle();
            }
        }

        private void disturb() {
            switch (random.nextInt(8)) {
                case 0 -> wake();
                case 1 -> rig.loops.pollerIn("work", Duration.ofMillis(random.nextInt(-10, 3_000)));
                case 2 -> rig.loops.gap();
                case 3 -> rig.loops.trust(random.nextBoolean());
                case 4 -> failing = random.nextInt(4) == 0;
                case 5 -> rig.environment.passNanos(Math.min(wait, random.nextLong(50_000_000)));
                default -> rig.environment.passNanos(wait);
            }
        }

        private void wake() {
            rig.loops.poller("work");
            woken = true;
        }

        private PollResult answer() throws IOException {
            woken = false;
            if (failing) {
                throw new IOException("as told");
            }
            if (random.nextInt(10) == 0) {
                wake();
            }
            Duration nextIn = random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(60_000));
            return new PollResult(random.nextInt(3), random.nextInt(10) == 0, nextIn, Set.of());
        }

        /** Takes steps as the loop would, until it would wait. */
        private void settle() {
            for (int i = 0; i < 1_000; i++) {
                int before = poller.asked().size();
                wait = rig.loops.loop("work").step();
                if (poller.asked().size() > before) {
                    checkReason(poller.asked().getLast().reason());
                    lastFailed = rig.loops.stats().pollers().getFirst().failuresInARow() > 0;
                }
                checkWait();
                if (wait > 0) {
                    return;
                }
            }
            throw new AssertionError("seed " + seed + ": it spins");
        }

        private void checkReason(PollReason reason) {
            if (lastFailed) {
                assertThat(reason).as("seed %s", seed).isIn(PollReason.RETRY, PollReason.GAP);
            } else {
                assertThat(reason).as("seed %s", seed).isNotEqualTo(PollReason.RETRY);
            }
        }

        private void checkWait() {
            if (lastFailed) {
                assertThat(wait).as("seed %s: back-off", seed).isLessThanOrEqualTo(30_000_000_000L);
                return;
            }
            var interval = rig.loops.stats().notificationsTrusted() ? PollRig.FALLBACK : BASE;
            assertThat(wait)
                    .as("seed %s: never longer than the interval", seed)
                    .isLessThanOrEqualTo(interval.toNanos() + SLACK);
            if (woken) {
                assertThat(wait).as("seed %s: a wake does not wait", seed).isLessThanOrEqualTo(SLACK);
            }
        }
    }
}
