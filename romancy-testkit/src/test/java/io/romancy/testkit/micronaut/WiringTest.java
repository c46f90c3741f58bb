package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.activity.ActivityContext;
import io.romancy.micronaut.RomancyConfiguration;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Romancy as beans: what is configured, what is found, and who starts and stops it. */
class WiringTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Map<String, Object> options =
            new HashMap<>(Map.of("romancy.database", "romancy:memory:wiring" + DATABASES.incrementAndGet()));

    private ApplicationContext application() {
        return ApplicationContext.run(options);
    }

    @Test
    void activitiesAreStepsOfTheWorkflowThatCallsThem() {
        options.put("romancy.max-parked-workflows", 0);
        try (var application = application()) {
            var romancy = application.getBean(Romancy.class);
            var greeter = application.getBean(Greeter.class);
            greeter.failures.set(2);
            var handle = romancy.start(Greeting.class, "Ada", StartOptions.id("g1"));
            handle.send(Greeting.GO, "go");

            assertThat(handle.result(DEADLINE)).isEqualTo("Hello Ada A-d-a go outer Hello inner plain Hello self 1");
            assertThat(greeter.log)
                    .as("each once, however often the workflow was replayed")
                    .containsExactly(
                            "greet Ada g1 1",
                            "spell",
                            "flaky 1",
                            "flaky 2",
                            "flaky 3",
                            "outer",
                            "greet inner g1 1",
                            "greet self g1 1");
        }
    }

    @Test
    void callsOfAWorkflowToItselfAreSteps() {
        options.put("romancy.max-parked-workflows", 0);
        try (var application = application()) {
            SelfCalling.CALLS.set(0);
            var handle = application.getBean(Romancy.class).start(SelfCalling.class, 4);
            handle.send(Greeting.GO, "go");

            assertThat(handle.result(DEADLINE)).isEqualTo(16);
            assertThat(SelfCalling.CALLS).hasValue(2);
        }
    }

    @Test
    void aFailureTakesBackWhatWasDoneNewestFirst() {
        try (var application = application()) {
            var handle = application.getBean(Romancy.class).start(Booking.class, "chair");

            assertThatThrownBy(() -> handle.result(DEADLINE)).hasStackTraceContaining("no money");
            assertThat(application.getBean(Shop.class).log)
                    .containsExactly("reserve chair", "tell chair", "untell chair", "release chair of place 7");
        }
    }

    @Test
    void outsideAWorkflowAnActivityIsAMethod() {
        try (var application = application()) {
            var greeter = application.getBean(Greeter.class);

            assertThat(greeter.spell("ab")).hasSize(2);
            assertThatThrownBy(greeter::broken).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> application.getBean(ActivityContext.class).attempt())
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_PLACE));
        }
    }

    @Test
    void startsAndStopsWithTheApplication() {
        Romancy romancy;
        try (var application = application()) {
            romancy = application.getBean(Romancy.class);
            assertThat(romancy.status().phase()).isEqualTo(EngineStatus.Phase.OPEN);
        }
        assertThat(romancy.status().phase()).isEqualTo(EngineStatus.Phase.CLOSED);
    }

    @Test
    void aClientRunsNothing() {
        options.put("romancy.worker.enabled", false);
        try (var application = application()) {
            assertThat(application.getBean(Romancy.class).status().node()).isNull();
        }
    }

    @Test
    void switchedOffThereIsNothingOfIt() {
        options.put("romancy.enabled", false);
        try (var application = application()) {
            assertThat(application.containsBean(Romancy.class)).isFalse();
            assertThat(application.containsBean(RomancyConfiguration.class)).isFalse();
            assertThat(application.getBean(PlainBean.class).twice(2))
                    .as("an activity is a method then")
                    .isEqualTo(4);
        }
    }

    @Test
    void switchedOffActivitiesThatAskAboutTheirAttemptAreThereAllTheSame() {
        options.put("romancy.enabled", false);
        try (var application = application()) {
            assertThat(application.getBean(Greeter.class).spell("ab"))
                    .as("it needs nothing of Romancy")
                    .hasSize(2);
            assertThatThrownBy(() -> application.getBean(Greeter.class).greet("Ada"))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_PLACE));
        }
    }

    @Test
    void switchedOffTheApplicationsOwnContextOfActivitiesCounts() {
        options.put("romancy.enabled", false);
        var own = new ActivityContext() {
            @Override
            public String idempotencyKey() {
                return "key";
            }

            @Override
            public int attempt() {
                return 3;
            }

            @Override
            public String workflowId() {
                return "id";
            }

            @Override
            public Optional<Duration> timeLeft() {
                return Optional.empty();
            }
        };
        try (var application =
                ApplicationContext.builder().properties(options).singletons(own).start()) {
            application.getBean(Greeter.class).greet("Ada");

            assertThat(application.getBean(Greeter.class).log).containsExactly("greet Ada id 3");
        }
    }

    @Test
    void withoutAnyOptionItLooksForItsDefaultDatabase() {
        options.clear();

        assertThatThrownBy(this::application)
                .satisfies(e -> assertThat(refusal(e).getMessage())
                        .as("no module of SQLite is on this class path")
                        .contains("jdbc:sqlite:romancy.db"));
    }

    @Test
    void refusesOptionsByTheKeysThatAreConfigured() {
        options.put("romancy.lease-renewal", "10s");
        options.put("romancy.pool-size", 0);

        assertThatThrownBy(this::application)
                .satisfies(e -> assertThat(refusal(e).getMessage())
                        .contains(
                                "romancy.pool-size = 0",
                                "romancy.lease-renewal = PT10S and romancy.lease-duration = PT15S")
                        .contains("Let romancy.lease-duration be at least twice romancy.lease-renewal"));
    }

    @Test
    void configurationOverridesWhatAnActivitySays() {
        options.put("romancy.activities.Greeter.flaky.attempts", 1);
        try (var application = application()) {
            application.getBean(Greeter.class).failures.set(9);
            var handle = application.getBean(Romancy.class).start(Greeting.class, "Ada");
            handle.send(Greeting.GO, "go");

            assertThatThrownBy(() -> handle.result(DEADLINE)).hasStackTraceContaining("not yet");
            assertThat(application.getBean(Greeter.class).log)
                    .containsOnlyOnce("flaky 1")
                    .doesNotContain("flaky 2");
        }
    }

    private static RomancyException refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RomancyException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("no refusal of ours in it", thrown);
    }
}
