package io.romancy.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadSupplyTest {
    private final ManualEnvironment environment = new ManualEnvironment(1, Long.MAX_VALUE - 100);
    private final List<Duration> polls = new ArrayList<>();
    private final ThreadSupply threads = new ThreadSupply(environment, new Wake() {
        @Override
        public void poller(String name) {
            polls.add(Duration.ZERO);
        }

        @Override
        public void pollerIn(String name, Duration delay) {
            polls.add(delay);
        }
    });

    @Test
    void runsThatWereClaimedTogetherAreOneFailure() {
        try (var lines = new LogCapture(ThreadSupply.class.getName())) {
            for (int i = 0; i < 50; i++) {
                threads.failed("run-" + i, new OutOfMemoryError("no thread"));
            }

            assertThat(polls)
                    .hasSize(50)
                    .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofMillis(50)));
            assertThat(lines.lines()).hasSize(1);
        }
        environment.pass(Duration.ofMillis(50));
        assertThat(threads.isOpen()).isTrue();
    }

    @Test
    void aPollThatComesTooEarlyIsFollowedByOneThatDoesNot() {
        threads.failed("run", new OutOfMemoryError("no thread"));
        polls.clear();

        assertThat(threads.isOpen()).isFalse();

        environment.pass(polls.getFirst());
        assertThat(threads.isOpen()).isTrue();
    }

    @Test
    void thePauseGrowsUntilAThreadStarts() {
        Duration first = pauseAfterFailure();
        for (int i = 0; i < 10; i++) {
            pauseAfterFailure();
        }
        assertThat(pauseAfterFailure()).isGreaterThan(first.multipliedBy(10));

        threads.started();

        assertThat(threads.isOpen()).isTrue();
        assertThat(pauseAfterFailure()).isLessThanOrEqualTo(Duration.ofMillis(50));
    }

    private Duration pauseAfterFailure() {
        threads.failed("run", new OutOfMemoryError("no thread"));
        Duration pause = polls.getLast();
        environment.pass(pause);
        return pause;
    }
}
