package io.romancy.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.inject.annotation.MutableAnnotationMetadata;
import io.romancy.api.activity.ActivityContext;
import java.util.Map;

/**
 * With {@code romancy.enabled=false} no bean of these packages is there, and an activity is a method. One that asks about its attempt must
 * still be created, so this has what it asks, as outside of any workflow, unless the application has one itself. Found by ServiceLoader,
 * called by Micronaut with each context.
 */
@ContextConfigurer
public final class SwitchedOff implements ApplicationContextConfigurer {
    /** For ServiceLoader. */
    public SwitchedOff() {}

    /** Once the configuration has been read, and before any bean is there. */
    @Override
    public void configure(ApplicationContext context) {
        String enabled = RomancyConfiguration.PREFIX + ".enabled";
        if (context.getProperty(enabled, String.class).filter("false"::equals).isPresent()) {
            var unlessThereIsAnother = new MutableAnnotationMetadata();
            unlessThereIsAnother.addDeclaredAnnotation(Secondary.class.getName(), Map.of());
            context.registerBeanDefinition(RuntimeBeanDefinition.builder(ActivityContext.class, CurrentActivity::new)
                    .singleton(true)
                    .annotationMetadata(unlessThereIsAnother)
                    .build());
        }
    }
}
