package io.romancy.micronaut;

import io.micronaut.aop.Intercepted;
import io.micronaut.aop.InterceptedProxy;
import io.micronaut.context.BeanContext;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ProxyBeanDefinition;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Beans as everybody else sees them. Usually what is woven around a bean is in the bean itself; of one that a factory makes, or that can be
 * refreshed, it is in a proxy before it, and Micronaut hands interceptors the bean behind. Thread-safe.
 */
@Singleton
final class WovenBeans {
    private final BeanContext beans;

    WovenBeans(BeanContext beans) {
        this.beans = beans;
    }

    /** What to call this method on, so that its interceptors are met; the bean itself if no proxy has the method. */
    Object before(Object bean, Method method) {
        return bean instanceof Intercepted
                ? bean
                : beans.getBeanDefinitions(method.getDeclaringClass()).stream()
                        .filter(definition ->
                                definition instanceof ProxyBeanDefinition<?> proxy && has(proxy.getBeanType(), method))
                        .map(this::proxy)
                        .filter(proxy -> isBefore(proxy, bean))
                        .findFirst()
                        .orElse(bean);
    }

    private Object proxy(BeanDefinition<?> definition) {
        return beans.getBean(definition);
    }

    @SuppressWarnings("ReferenceEquality") // what equals of an application's bean says is another question
    private static boolean isBefore(Object proxy, Object bean) {
        return proxy instanceof InterceptedProxy<?> intercepted && intercepted.interceptedTarget() == bean;
    }

    /** What it does not have would run on the proxy's own fields, which nobody has set. */
    private static boolean has(Class<?> proxy, Method method) {
        return Arrays.stream(proxy.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
