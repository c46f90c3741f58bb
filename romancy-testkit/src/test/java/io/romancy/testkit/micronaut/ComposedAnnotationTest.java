package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an annotation of the project carries counts like what stands on the test. */
@ApplicationTest
class ComposedAnnotationTest {
    @Inject
    Romancy romancy;

    @Test
    void theApplicationIsThatOfTheTest(TestRomancy test) {
        assertThat(test.workers().get(0).status().node())
                .isEqualTo(romancy.status().node());
        assertThat(test.start(Errand.class, "hat").result(Duration.ofSeconds(60)))
                .isEqualTo("fetched hat");
    }
}
