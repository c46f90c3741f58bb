package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An application whose only worker dies in its test is closed all the same. */
class DeadApplicationTest {
    @Test
    @Timeout(60)
    void isClosedAfterTheTest() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Killed.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(0));
    }

    /** A pause is over with its test, also one that had a longer time. */
    @Test
    @Timeout(60)
    void aPauseEndsWithItsTest() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Paused.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(2).failed(0));
    }

    @MicronautTest(transactional = false)
    @RomancyTest
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Paused {
        @Inject
        TestRomancy test;

        @Test
        void first() {
            test.workers().pause(0, Duration.ofMillis(100));
        }

        @Test
        void second() throws Exception {
            assertThat(test.handle("nobody")).as("its worker runs").isNotNull();
            test.workers().pause(0);
            Thread.sleep(300);

            assertThatThrownBy(() -> test.handle("nobody"))
                    .as("the pause of the first test does not end this one")
                    .hasMessageContaining("No worker runs");
        }
    }

    @MicronautTest(transactional = false)
    @RomancyTest
    static class Killed {
        @Inject
        TestRomancy test;

        @Inject
        Romancy romancy;

        @Test
        void dies() {
            test.workers().kill(0);

            assertThat(test.workers().faults(0).isAlive()).isFalse();
            assertThatThrownBy(() -> romancy.start(Trial.class, "Ada"))
                    .hasMessageContaining("Worker 0 was killed on purpose");
        }
    }
}
