package io.romancy.examples.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.replay.Replays;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best histories for replay tests are those of production: a database's URL and an id are enough. */
@PostgresTest
class RecordHistoryTest {
    static final WorkflowType<String, String> GREET = WorkflowType.of("greet", String.class, String.class);

    static String greet(WorkflowContext ctx, String name) {
        return ctx.step("greet", String.class, () -> "Hello " + name);
    }

    @Test
    void aHistoryIsRecordedFromADatabase(PostgresDatabase production, @TempDir Path folder) {
        try (var romancy = Romancy.builder()
                .database(production.url())
                .workflow(GREET, RecordHistoryTest::greet)
                .open()) {
            var greeting = romancy.start(GREET, "Ada", StartOptions.id("greeting-1"));
            assertThat(greeting.result(ofMinutes(1))).isEqualTo("Hello Ada");
        }

        Replays.record(production.url(), "greeting-1", folder.resolve("greeting.json"));

        Replays.check(GREET, RecordHistoryTest::greet, folder);
    }
}
