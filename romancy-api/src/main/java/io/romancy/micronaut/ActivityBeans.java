package io.romancy.micronaut;

import io.micronaut.aop.InterceptedProxy;
import io.micronaut.context.BeanContext;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ProxyBeanDefinition;
import io.romancy.api.activity.Activity;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The beans of the application that have activities, as they are once all of them are known and what is replaced is gone. */
@Singleton
final class ActivityBeans {
    private final BeanContext beans;

    ActivityBeans(BeanContext beans) {
        this.beans = beans;
    }

    /**
     * Refuses a proxy that passes an activity by. Of what a factory's method makes, such as one with {@code @MockBean}, Micronaut's proxy
     * has the public methods only; any other runs on the proxy itself, which inherits it from the class that was to be replaced.
     */
    void check() {
        for (BeanDefinition<?> definition : beans.getBeanDefinitions(Object.class)) {
            if (definition instanceof ProxyBeanDefinition<?> proxy
                    && InterceptedProxy.class.isAssignableFrom(proxy.getBeanType())) {
                activities(proxy.getTargetType())
                        .filter(activity -> !has(proxy.getBeanType(), activity))
                        .findFirst()
                        .ifPresent(activity -> {
                            throw refused(activity, proxy.getTargetType());
                        });
            }
        }
    }

    /** The names of all activities, as configuration can override them. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (BeanDefinition<?> definition : beans.getBeanDefinitions(Object.class)) {
            definition.getExecutableMethods().stream()
                    .filter(method -> method.hasStereotype(Activity.class))
                    .map(ActivityPlans::nameOf)
                    .forEach(names::add);
            // What such a proxy intercepts is known to it alone.
            if (definition instanceof ProxyBeanDefinition<?> proxy) {
                activities(proxy.getTargetType()).map(ActivityBeans::nameOf).forEach(names::add);
            }
        }
        return names;
    }

    private static String nameOf(Method activity) {
        return ActivityPlans.nameOf(
                activity.getAnnotation(Activity.class).value(), activity.getDeclaringClass(), activity.getName());
    }

    private static Stream<Method> activities(Class<?> type) {
        return Stream.<Class<?>>iterate(type, c -> c != null, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Activity.class))
                .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()));
    }

    private static boolean has(Class<?> proxy, Method activity) {
        return Arrays.stream(proxy.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(activity.getName())
                        && method.getParameterCount() == activity.getParameterCount());
    }

    private static RomancyException refused(Method activity, Class<?> type) {
        return new RomancyException(
                ErrorCode.NOT_DURABLE,
                "Activity " + activity.getDeclaringClass().getName() + "." + activity.getName()
                        + " is refused: its bean is made by a method with @MockBean or of a @Factory, and of such a bean Micronaut"
                        + " intercepts public methods only, so that calls would run the method of "
                        + type.getSimpleName()
                        + " itself, neither as a step nor on what was made. Make it public, or replace the bean by a class that extends "
                        + type.getSimpleName() + ", with @Activity on the method.");
    }
}
