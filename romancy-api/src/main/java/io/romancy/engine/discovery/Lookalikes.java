package io.romancy.engine.discovery;

import io.romancy.api.activity.Activity;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects whose activities nobody intercepts, because somebody made them with {@code new} where Micronaut would have made its own subclass.
 * A workflow that calls one would run it again on each replay, so it is refused where it is registered or made.
 */
final class Lookalikes {
    /** What all classes implement that Micronaut generates to intercept another. */
    private static final String INTERCEPTED = "io.micronaut.inject.proxy.InterceptedBean";

    private Lookalikes() {}

    /** Whether objects of this class have activities, by what it is and by what its fields are declared to be: beans, or lookalikes. */
    static boolean isSuspect(Class<?> workflow) {
        if (activityOf(workflow).isPresent()) {
            return true;
        }
        for (Class<?> c = workflow; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && activityOf(field.getType()).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Refuses a workflow that is itself such an object, or has one in a field; what a lambda captured counts as one. */
    static void refuse(Object workflow) {
        refuse(workflow, "the object itself", workflow);
        for (Class<?> c = workflow.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                Object value = read(field, workflow);
                if (value != null) {
                    refuse(workflow, "the value of its field '" + field.getName() + "'", value);
                }
            }
        }
    }

    private static void refuse(Object workflow, String where, Object value) {
        if (!isIntercepted(value.getClass())) {
            activityOf(value.getClass()).ifPresent(activity -> {
                throw refused(workflow.getClass(), where, activity);
            });
        }
    }

    private static @Nullable Object read(Field field, Object workflow) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive() || !field.trySetAccessible()) {
            return null;
        }
        try {
            return field.get(workflow);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that is accessible cannot be read: " + field, e);
        }
    }

    private static Optional<Method> activityOf(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Activity.class)) {
                    return Optional.of(method);
                }
            }
            for (Class<?> implemented : c.getInterfaces()) {
                Optional<Method> activity = activityOf(implemented);
                if (activity.isPresent()) {
                    return activity;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isIntercepted(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> implemented : c.getInterfaces()) {
                if (implemented.getName().equals(INTERCEPTED) || isIntercepted(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static RomancyException refused(Class<?> workflow, String where, Method activity) {
        String named = activity.getDeclaringClass().getName() + "." + activity.getName();
        return new RomancyException(
                ErrorCode.NOT_DURABLE,
                "Workflow " + WorkflowClasses.nameOf(workflow) + " is refused: " + where + " has the activity " + named
                        + ", and nothing intercepts calls of it, so that they would be plain calls, made again by each replay. Let"
                        + " Micronaut make both as beans (a stand-in for a test extends the class), or call ctx.step(..) with that"
                        + " method in its body and take @Activity away.");
    }
}
