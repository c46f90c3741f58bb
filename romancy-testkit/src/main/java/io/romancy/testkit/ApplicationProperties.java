package io.romancy.testkit;

import io.micronaut.test.support.TestPropertyProvider;
import io.micronaut.test.support.TestPropertyProviderFactory;
import java.util.Map;

/** Tells an application under {@code @MicronautTest} about its database, before it starts. Found by Micronaut Test. */
public final class ApplicationProperties implements TestPropertyProviderFactory {
    /** For ServiceLoader. */
    public ApplicationProperties() {}

    @Override
    public TestPropertyProvider create(Map<String, Object> availableProperties, Class<?> testClass) {
        return () ->
                ApplicationRun.isOf(testClass) ? ApplicationRun.of(testClass).properties() : Map.of();
    }
}
