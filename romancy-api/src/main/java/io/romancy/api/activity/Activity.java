package io.romancy.api.activity;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Executable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a Micronaut bean an activity: called by the code of a workflow, it is a step of that workflow, recorded once and tried
 * again by its policy; called by anybody else, on a thread of its own or in the body of another step, it is a plain call.
 * Self-invocations are intercepted too.
 *
 * <p>The result is what its record decodes to, so its type must say of what it consists. If the method is {@code @Transactional} on
 * Romancy's datasource, its record commits with its transaction, and it takes effect exactly once; any other runs at least once.
 *
 * <p>Micronaut compiles the interception. Without Micronaut it does not exist, and {@code ctx.step} does the same. A member that is not set
 * falls back to the engine's default policy; {@code romancy.activities.<name>.*} overrides what is written here. Durations are written as
 * {@code "10s"} or {@code "PT10S"}; placeholders such as {@code "${psp.timeout}"} are resolved.
 */
@Documented
@Inherited
@Around
@Executable(processOnStartup = true)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Activity {
    /**
     * The name of the step in the history, at most 255 bytes of UTF-8. Default: the simple name of the class and that of the method,
     * {@code Shop.reserve}.
     */
    String value() default "";

    /** The most attempts, the first included. */
    int attempts() default 0;

    /** The pause after the first failure. */
    String delay() default "";

    /** By how much each pause is longer than the one before. */
    double multiplier() default 0;

    /** The longest pause. */
    String maxDelay() default "";

    /** No attempt begins later than this after the first one began. */
    String maxDuration() default "";

    /** How long one attempt may take. */
    String timeout() default "";

    /** Failures of these types, or caused by them, are final at once. */
    Class<? extends Throwable>[] noRetryFor() default {};
}
