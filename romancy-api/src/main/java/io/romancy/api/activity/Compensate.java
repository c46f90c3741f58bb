package io.romancy.api.activity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the method that takes back what an activity did. It is called for each completed call of the activity when the workflow fails or is
 * cancelled, newest first, with what that call was given and, if it asks for it, with what it returned.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Compensate {
    /** A method of the same class, with the parameters of the activity, or with those and one more for its result. */
    String value();
}
