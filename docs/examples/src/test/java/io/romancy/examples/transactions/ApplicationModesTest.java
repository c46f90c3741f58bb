package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.testkit.RomancyTest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What makes no sense in a test of an application is refused before it waits in vain. */
class ApplicationModesTest {
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
    void aTransactionAroundEachTest() {
        run(RolledBack.class).assertThatEvents().haveAtLeastOne(failure("Write @MicronautTest(transactional = false)"));
    }

    @Test
    void aDatasourceAndAStorageInMemory() {
        run(InMemory.class).assertThatEvents().haveAtLeastOne(failure("the storage in memory has no datasource"));
    }

    @Test
    void propertiesOfTheStorageAreWrittenInAnyStyle() {
        for (String name : List.of("busyTimeout", "busy-timeout")) {
            Map<String, Object> options =
                    Map.of("romancy.database", "jdbc:sqlite:never.db", "romancy.storage-properties." + name, "soon");
            assertThatThrownBy(() -> ApplicationContext.run(options).close())
                    .hasStackTraceContaining("busyTimeout=soon");
        }
    }

    @MicronautTest
    @RomancyTest(storage = "sqlite")
    @Property(name = "romancy.datasource", value = "default")
    static class RolledBack {
        @Test
        void never() {}
    }

    @MicronautTest(transactional = false)
    @RomancyTest
    @Property(name = "romancy.datasource", value = "default")
    @Property(name = "datasources.default.url", value = "jdbc:sqlite::memory:")
    @Property(name = "datasources.default.driver-class-name", value = "org.sqlite.JDBC")
    static class InMemory {
        @Test
        void never() {}
    }
}
