package io.romancy.micronaut;

import io.micronaut.context.processor.ExecutableMethodProcessor;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.romancy.api.activity.Activity;
import jakarta.inject.Singleton;

/**
 * Looks at every activity when the application starts: what cannot work, or would silently not be durable, stops it there, also where the
 * compiler was not told to look.
 */
@Singleton
final class ActivityProcessor implements ExecutableMethodProcessor<Activity> {
    private final ActivityPlans plans;
    private final ActivityChecks checks;

    ActivityProcessor(ActivityPlans plans, ActivityChecks checks) {
        this.plans = plans;
        this.checks = checks;
    }

    @Override
    public void process(BeanDefinition<?> bean, ExecutableMethod<?, ?> method) {
        checks.method(method);
        checks.type(WorkflowBeans.written(bean));
        plans.of(method);
    }
}
