package io.romancy.testkit;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.romancy.api.Romancy;
import io.romancy.micronaut.EngineCustomizer;
import io.romancy.micronaut.RomancyConfiguration;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;

/** What an application under {@code @MicronautTest} has more, if its test has {@link RomancyTest}. */
@Factory
@Requires(property = ApplicationRun.PROPERTY)
final class ApplicationBeans {
    private final ApplicationRun run;

    ApplicationBeans(@Property(name = ApplicationRun.PROPERTY) String test) {
        run = ApplicationRun.find(test)
                .orElseThrow(
                        () -> new IllegalStateException("the test " + test + " is over, and its database with it"));
    }

    /** Puts stubs, clock and recorder of the test into the application's engine. */
    @Singleton
    EngineCustomizer customizer(RomancyConfiguration options) {
        return builder -> {
            if (options.datasource() != null && run.storage().equals("memory")) {
                throw new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        "@RomancyTest(storage = \"memory\") is refused: the application says romancy.datasource = "
                                + options.datasource()
                                + ", and the storage in memory has no transactions of a datasource. Take \"postgres\" or \"sqlite\".");
            }
            run.fleet().tap(run.member(), builder);
        };
    }

    /** An application whose engine died in its test would stand still when it is closed. */
    @Singleton
    ApplicationEventListener<ShutdownEvent> burial() {
        return event -> run.member().buryIfDead();
    }

    /** Only by its own type: whoever asks for a Romancy gets the application's. */
    @Singleton
    @Bean(typed = TestRomancy.class)
    TestRomancy testRomancy(Romancy romancy) {
        run.member().opened(romancy);
        return new TestRomancy(run.fleet());
    }
}
