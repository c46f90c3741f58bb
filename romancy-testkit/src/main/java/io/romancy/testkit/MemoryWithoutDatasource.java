package io.romancy.testkit;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/**
 * Refuses an application that wants Romancy in its datasource where its test has the storage in memory: before the datasource looks for a server
 * that no test has. Called by Micronaut with each context.
 */
@ContextConfigurer
public final class MemoryWithoutDatasource implements ApplicationContextConfigurer {
    /** For ServiceLoader. */
    public MemoryWithoutDatasource() {}

    /** Once the configuration has been read, and before any bean is there. */
    @Override
    public void configure(ApplicationContext context) {
        boolean inMemory = context.getProperty(ApplicationRun.PROPERTY, String.class)
                .flatMap(ApplicationRun::find)
                .filter(run -> run.storage().equals("memory"))
                .isPresent();
        if (inMemory) {
            context.getProperty("romancy.datasource", String.class).ifPresent(name -> {
                throw new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        "@RomancyTest(storage = \"memory\"), which is its default, is refused: the application says romancy.datasource = "
                                + name
                                + ", and the storage in memory has no datasource, so that one would go where the configuration of the"
                                + " application leads. Take \"postgres\" or \"sqlite\".");
            });
        }
    }
}
