package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.romancy.api.Compensation;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.StorageProviders;
import io.romancy.testkit.record.EngineEvents;
import io.romancy.testkit.record.EventConditions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What activities of beans did is taken back by their beans: newest first, each once, with what was recorded. */
class SagaOfBeansTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = "romancy:memory:saga-of-beans" + DATABASES.incrementAndGet();
    private final EngineEvents events = new EngineEvents();
    private final List<App> apps = new ArrayList<>();

    private record App(ApplicationContext context, Faults faults) {
        Romancy romancy() {
            return context.getBean(Romancy.class);
        }

        Agency agency() {
            return context.getBean(Agency.class);
        }

        void close() {
            Romancy romancy = romancy();
            Thread closing = Thread.ofVirtual().start(context::close);
            while (!faults.isAlive() && closing.isAlive() && romancy.status().phase() == EngineStatus.Phase.OPEN) {
                Thread.onSpinWait();
            }
            faults.bury();
            try {
                closing.join(DEADLINE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            faults.close();
        }
    }

    private App app() {
        Faults faults = Faults.create();
        var context = ApplicationContext.builder()
                .properties(Map.of(
                        "romancy.database",
                        faults.url(url),
                        "romancy.max-parked-workflows",
                        0,
                        "romancy.workflow-resumption-interval",
                        "20ms",
                        "romancy.default-retry.delay",
                        "1ms"))
                .singletons(events)
                .start();
        var app = new App(context, faults);
        apps.add(app);
        return app;
    }

    @AfterEach
    void close() {
        apps.forEach(App::close);
    }

    @Test
    void aFailureTakesAllOfItBackWithInputsAndResults() {
        App app = app();
        app.agency().broken.add("museum Rome");
        var journey = app.romancy().start(Journey.class, "Rome");
        journey.send(Greeting.GO, "go");

        assertThatThrownBy(() -> journey.result(DEADLINE)).hasStackTraceContaining("broken: museum Rome");

        assertThat(app.agency().log)
                .containsExactly(
                        "hotel Rome [1, 2]",
                        "train Rome",
                        "train Rome by guide",
                        "museum Rome",
                        "forget Rome",
                        "return Rome",
                        "leave Ritz Rome 7 Rome [1, 2]");
        assertThat(journey.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void aCancellationDoesTheSame() {
        App app = app();
        var journey = app.romancy().start(Journey.class, "Rome", StartOptions.id("r"));
        events.await(EventConditions.suspended("r"));

        journey.cancel("ill");

        events.await(EventConditions.ended("r", InstanceStatus.CANCELLED));
        assertThat(app.agency().log)
                .endsWith("forget Rome", "return Rome", "leave Ritz Rome 7 Rome [1, 2]")
                .doesNotContain("museum Rome");
    }

    @Test
    void oneThatFailsForGoodIsSeenAndStopsNoOther() {
        App app = app();
        app.agency().broken.addAll(List.of("museum Rome", "return Rome"));
        var journey = app.romancy().start(Journey.class, "Rome", StartOptions.id("r"));
        journey.send(Greeting.GO, "go");

        assertThatThrownBy(() -> journey.result(DEADLINE)).hasStackTraceContaining("broken: museum Rome");

        assertThat(app.agency().log).endsWith("forget Rome", "return Rome", "leave Ritz Rome 7 Rome [1, 2]");
        assertThat(journey.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
        events.await(EventConditions.compensated("r", "compensate:Agency.train:1", true));
    }

    @Test
    void aCrashInBetweenUndoesNothingTwice() {
        App first = app();
        first.agency().broken.add("museum Rome");
        first.agency().whileTheTrainGoesBack = () -> first.faults().kill();
        var journey = first.romancy().start(Journey.class, "Rome", StartOptions.id("r"));
        journey.send(Greeting.GO, "go");
        while (first.faults().isAlive()) {
            Thread.onSpinWait();
        }

        App second = app();
        try (Storage storage = storage()) {
            var dead = first.romancy().status().node();
            assertThat(dead).isNotNull();
            storage.nodes().leave(dead);
        }

        var again = second.romancy().handle("r", Journey.class);
        assertThatThrownBy(() -> again.result(DEADLINE)).hasStackTraceContaining("broken: museum Rome");
        assertThat(first.agency().log).endsWith("museum Rome", "forget Rome", "return Rome");
        assertThat(second.agency().log)
                .as("the one whose record was lost again, those before it not")
                .containsExactly("return Rome", "leave Ritz Rome 7 Rome [1, 2]");
        assertThat(again.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void whatIsStoredNamesTheClassesOfTheApplication() {
        App app = app();
        app.agency().broken.add("museum Rome");
        var journey = app.romancy().start(Journey.class, "Rome", StartOptions.id("r"));
        journey.send(Greeting.GO, "go");
        assertThatThrownBy(() -> journey.result(DEADLINE)).hasStackTraceContaining("broken");

        try (Storage storage = storage()) {
            long run = storage.instances().find("r").orElseThrow().run();
            List<StepRecord> history = storage.runs().history(run, 0, 100);
            assertThat(history)
                    .extracting(StepRecord::name)
                    .contains("Agency.hotel:1", "Agency.train:1", "Agency.guide:1", "compensate:Agency.hotel:1")
                    .allSatisfy(name -> assertThat(name).doesNotContain("$").doesNotContain("Intercepted"));
            assertThat(history)
                    .extracting(StepRecord::body)
                    .filteredOn(Objects::nonNull)
                    .allSatisfy(body -> assertThat(withoutStack(body)).doesNotContain("Intercepted"));
        }
    }

    /** A stack trace says how it was, generated classes included; nobody looks for them by name. */
    private static String withoutStack(Payload body) {
        String text = new String(body.toBytes(), StandardCharsets.UTF_8);
        int stack = text.indexOf("\"stack\"");
        return stack < 0 ? text : text.substring(0, stack);
    }

    private Storage storage() {
        StorageSettings settings = StorageSettings.of(url);
        return StorageProviders.forSettings(settings).open(settings, new StorageContext("test", "romancy_"));
    }
}
