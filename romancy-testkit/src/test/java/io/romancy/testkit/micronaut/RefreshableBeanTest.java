package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import io.romancy.testkit.replay.RecordedHistory;
import io.romancy.testkit.replay.Replays;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bean that Micronaut may make anew at any time, behind a proxy, has activities and what takes them back like any other. */
class RefreshableBeanTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void itTakesBackWhatItDidByAStepAlsoWhenItIsMadeAnewInBetween() {
        String database = App.database();
        try (var app = new App(App.options(database))) {
            var errand = app.romancy().start(Lending.class, "book");
            app.context().getBean(Lending.Desk.class).arrived().join();
            app.context().publishEvent(new RefreshEvent());

            errand.send(Greeting.GO, "go");

            assertThatThrownBy(() -> errand.result(DEADLINE)).hasStackTraceContaining("nobody reads book");
            assertThat(app.context().getBean(Lending.Desk.class).log()).containsExactly("lent book", "returned book");
            Path file = folder.resolve("lending.json");
            Replays.record(database, errand.id(), file);
            assertThat(RecordedHistory.read(file).steps().toString()).contains("Library.takeBack:1");
        }
    }
}
