package io.romancy.api.activity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the method that takes back what an {@link Activity} did, if the workflow fails or is cancelled after it has completed. It belongs to
 * the record of the activity's result, so no crash in between loses it, and runs as {@code WorkflowContext.compensate} says.
 *
 * <p>The method had better be an {@link Activity} itself. Then it has attempts of its own, may use {@code Romancy} and {@code Outbox}, and in
 * a transaction takes effect once. One that is none is code of the workflow: it may call activities, and is tried as a whole if it calls
 * none; what it asks of {@code Romancy} or {@code Outbox} itself is refused with {@code WRONG_PLACE}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Compensate {
    /**
     * A method of the same class, neither private nor static. It has the parameters of the activity, or those and the result as the last
     * one.
     */
    String value();
}
