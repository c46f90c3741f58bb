package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

/** An application with a second worker from the beginning of each test. */
@MicronautTest(transactional = false)
@RomancyTest(workers = 2)
class TwoWorkersTest {
    @Inject
    TestRomancy test;

    @Inject
    Romancy romancy;

    @RepeatedTest(2)
    void theSecondWorksWhereTheFirstIsDead() {
        test.workers().kill(0);

        assertThat(test.workers().count()).isEqualTo(2);
        assertThat(romancy.start(Errand.class, "hat").result(Duration.ofSeconds(60)))
                .isEqualTo("fetched hat");
    }
}
