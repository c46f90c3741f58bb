package io.romancy.testkit;

import io.micronaut.context.annotation.Requires;
import io.romancy.engine.EngineBuilder;
import io.romancy.micronaut.EngineCustomizer;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;

/** Refuses the mode of Micronaut Test in which a test runs in a transaction that is rolled back, if Romancy lives in its datasource. */
@Singleton
@Requires(property = "micronaut.test.transactional", value = "true")
@Requires(property = "romancy.datasource")
final class RolledBackTests implements EngineCustomizer {
    @Override
    public void customize(EngineBuilder builder) {
        throw new RomancyException(
                ErrorCode.INVALID_OPTION,
                "@MicronautTest(transactional = true), which is its default, is refused: each test would run in a transaction of"
                        + " Romancy's datasource that is rolled back, so that nothing it starts or sends is ever seen by a worker, and"
                        + " it would wait in vain. Write @MicronautTest(transactional = false).");
    }
}
