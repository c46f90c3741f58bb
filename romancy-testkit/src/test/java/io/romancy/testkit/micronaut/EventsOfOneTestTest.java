package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.observe.EngineEvent;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.record.EventConditions;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

/** The tests of a class share the application, and none takes what another one's workflows did for that of its own. */
@MicronautTest(transactional = false)
@RomancyTest
class EventsOfOneTestTest {
    @RepeatedTest(2)
    void whatTheTestBeforeHeardIsForgotten(TestRomancy test) {
        assertThat(test.events().all(EngineEvent.WorkflowEnded.class)).isEmpty();

        var errand = test.start(Errand.class, "hat");

        assertThat(errand.result(Duration.ofSeconds(60))).isEqualTo("fetched hat");
        test.events().await(EventConditions.ended(errand.id()));
    }
}
