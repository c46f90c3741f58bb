package io.romancy.api;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the engine that implements the API: by the thread's class loader, which sees the application, else by our own. */
final class BuilderLookup {
    private BuilderLookup() {}

    static RomancyBuilder find() {
        return find(Thread.currentThread().getContextClassLoader(), RomancyBuilder.class.getClassLoader());
    }

    static RomancyBuilder find(ClassLoader... loaders) {
        for (ClassLoader loader : loaders) {
            try {
                var found = ServiceLoader.load(RomancyBuilder.class, loader).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (ServiceConfigurationError e) {
                throw new RomancyException(
                        ErrorCode.NO_ENGINE,
                        "The engine was found and cannot be used: " + e.getMessage()
                                + ". Let all jars of Romancy have one version.",
                        e);
            }
        }
        throw new RomancyException(
                ErrorCode.NO_ENGINE,
                "No engine was found by "
                        + Stream.of(loaders).map(String::valueOf).toList()
                        + ": no META-INF/services/" + RomancyBuilder.class.getName()
                        + " is visible. Put romancy-api on the class path; if jars are merged into one, merge META-INF/services too.");
    }
}
