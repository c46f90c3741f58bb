package io.romancy.testkit;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.romancy.api.Romancy;
import io.romancy.engine.EngineBuilder;
import io.romancy.micronaut.EngineCustomizer;
import io.romancy.micronaut.FurtherEngines;
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

    /** Puts stubs, clock and recorder of the test into the engines of the application. */
    @Singleton
    EngineCustomizer customizer(BeanProvider<FurtherEngines> further) {
        return new EngineCustomizer() {
            @Override
            public void customize(EngineBuilder builder) {
                run.tap(builder);
            }

            @Override
            public Romancy inPlaceOf(Romancy engine) {
                return run.opened(engine, further.get());
            }
        };
    }

    /** An application with an engine that died in its test would stand still when it is closed. */
    @Singleton
    ApplicationEventListener<ShutdownEvent> burial() {
        return event -> run.fleet().all().forEach(Member::buryIfDead);
    }

    /** Only by its own type: whoever asks for a Romancy gets the application's. */
    @Singleton
    @Bean(typed = TestRomancy.class)
    TestRomancy testRomancy(Romancy romancy) {
        return run.complete();
    }
}
