package io.romancy.testkit.micronaut;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.RomancyBuilder;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What makes no sense in a test of an application is refused before it waits in vain. */
class ApplicationRefusalsTest {
    private static Events run(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute()
                .allEvents();
    }

    private static Condition<Event> failure(String text) {
        return event(finishedWithFailure(new Condition<>(
                thrown -> {
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        if (String.valueOf(cause.getMessage()).contains(text)) {
                            return true;
                        }
                    }
                    return false;
                },
                "a failure that says '" + text + "'")));
    }

    @Test
    void aMockWhoseActivityNobodyWouldCall() {
        run(HiddenMock.class)
                .assertThatEvents()
                .haveAtLeastOne(failure("ROM-1014: Activity " + Mails.class.getName()
                        + ".send is refused: its bean is made by a method with @MockBean"));
    }

    @Test
    void aSetupThatNobodyWouldCall() {
        run(OwnSetup.class)
                .assertThatEvents()
                .haveAtLeastOne(failure("@EngineSetup stands on " + OwnSetup.class.getName()
                        + ".setup beside @MicronautTest, where the application opens its engine itself"));
    }

    /** Before the datasource, which would look for a server that is not there. */
    @Test
    void aDatasourceInMemory() {
        run(InDatasource.class)
                .assertThatEvents()
                .haveAtLeastOne(
                        failure(
                                "@RomancyTest(storage = \"memory\"), which is its default, is refused: the application says romancy.datasource = default"));
    }

    @MicronautTest(transactional = false)
    @RomancyTest
    @Property(name = "romancy.datasource", value = "default")
    static class InDatasource {
        @Test
        void never() {}
    }

    @MicronautTest(transactional = false)
    @RomancyTest
    static class OwnSetup {
        @EngineSetup
        void setup(RomancyBuilder builder) {}

        @Test
        void never() {}
    }
}
