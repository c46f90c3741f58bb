package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.testkit.replay.RecordedHistory;
import io.romancy.testkit.replay.Replays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow whose steps are activities of beans is replayed with the beans, and none of their bodies runs. */
class ReplayOfBeansTest {
    private static final String URL = "romancy:memory:replay-of-beans";

    @TempDir
    Path folder;

    @Test
    void activitiesAndWhatTakesThemBackAreReplayedFromTheRecord() {
        Path file = folder.resolve("chair.json");
        try (var application = ApplicationContext.run(Map.of("romancy.database", URL))) {
            var handle = application.getBean(Romancy.class).start(Booking.class, "chair", StartOptions.id("chair"));
            assertThatThrownBy(() -> handle.result(Duration.ofMinutes(1))).hasStackTraceContaining("no money");
            Replays.record(URL, "chair", file);
            List<String> log = List.copyOf(application.getBean(Shop.class).log);

            Replays.check(Booking.class, () -> application.getBean(Booking.class), file);

            assertThat(application.getBean(Shop.class).log).isEqualTo(log);
            assertThat(RecordedHistory.read(file).steps()).hasSizeGreaterThan(5);
        }
    }
}
