package io.romancy.micronaut;

import io.micronaut.context.BeanContext;
import io.micronaut.inject.AdvisedBeanType;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ProxyBeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.engine.EngineBuilder;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;

/** The application's workflows: beans of classes with {@link Workflow}, a new one for each activation. */
@Singleton
final class WorkflowBeans {
    private final BeanContext beans;

    WorkflowBeans(BeanContext beans) {
        this.beans = beans;
    }

    void register(EngineBuilder builder) {
        for (BeanDefinition<?> definition :
                beans.getBeanDefinitions(Object.class, Qualifiers.byStereotype(Workflow.class))) {
            register(builder, definition);
        }
    }

    private void register(EngineBuilder builder, BeanDefinition<?> definition) {
        Class<?> type = written(definition);
        if (!Durable.class.isAssignableFrom(type)) {
            throw refuse(type, "it does not implement Durable<Input, Output>", "Implement it, or take @Workflow away");
        }
        if (definition.isSingleton()
                || !definition.getScopeName().map(PROTOTYPE::equals).orElse(true)) {
            throw refuse(
                    type,
                    "its scope is " + definition.getScopeName().orElse("singleton")
                            + ", so that one object would mix the local state of many instances",
                    "Take the scope away: @Workflow makes it a prototype");
        }
        @SuppressWarnings("unchecked") // looked at above
        Class<Durable<?, ?>> workflow = (Class<Durable<?, ?>>) type;
        builder.workflowBean(workflow, () -> workflow.cast(beans.getBean(definition)));
    }

    private static final String PROTOTYPE = "io.micronaut.context.annotation.Prototype";

    /** The class as its author wrote it: the names of classes that Micronaut generates are nobody's business. */
    static Class<?> written(BeanDefinition<?> definition) {
        if (definition instanceof ProxyBeanDefinition<?> proxy) {
            return proxy.getTargetType();
        }
        return definition instanceof AdvisedBeanType<?> advised
                ? advised.getInterceptedType()
                : definition.getBeanType();
    }

    private static RomancyException refuse(Class<?> type, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.NOT_DURABLE,
                "Workflow class " + type.getName() + " is refused: " + reason + ". " + remedy + ".");
    }
}
