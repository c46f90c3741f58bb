package io.romancy.api.observe;

/**
 * Hears what the engine does. Called on the engine's threads, by several at the same time, often while a workflow waits for it: it must
 * return quickly and block for nothing. What it throws is logged and harms nobody. Handed to the builder, or a bean of a Micronaut
 * application. A bean that uses the engine takes a {@code BeanProvider<Romancy>}, and asks it when it is called.
 */
@FunctionalInterface
public interface EngineListener {
    void on(EngineEvent event);
}
