package io.romancy.api;

import io.micronaut.context.annotation.Prototype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a class that implements {@link Durable} for the database. The name is explicit because it outlives the class: renaming or moving
 * the class is safe, changing the name orphans its instances.
 *
 * <p>An object of the class lives for one activation; its fields are local state that replay rebuilds. So in Micronaut it
 * is a prototype; a wider scope beside this annotation is refused.
 */
@Documented
@Prototype
@SuppressWarnings("InjectScopeAnnotationOnInterfaceOrAbstractClass") // an annotation that brings its scope along
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Workflow {
    /** The durable name; together with the version at most 255 bytes. */
    String value();

    /**
     * The version, from 1. Two classes with one name and different versions run side by side: a start by class takes the version of that
     * class, a start by name the newest one; an instance stays with the version it began with.
     */
    int version() default 1;
}
