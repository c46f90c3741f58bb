package io.romancy.micronaut;

import io.micronaut.inject.ExecutableMethod;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The method by which an activity is taken back, found by its name. Called on the bean as others see it, so that whatever is woven around
 * it, such as a transaction, applies to it too.
 */
record Undoing(Method method, boolean takesResult) {
    /** What {@link Compensate} names; null if the activity has none. */
    static @Nullable Undoing of(ExecutableMethod<?, ?> activity) {
        String name = activity.stringValue(Compensate.class).orElse(null);
        if (name == null) {
            return null;
        }
        Class<?>[] inputs = activity.getArgumentTypes();
        Class<?>[] withResult = Arrays.copyOf(inputs, inputs.length + 1);
        withResult[inputs.length] = activity.getReturnType().getType();
        Method alone = find(activity.getDeclaringType(), name, inputs);
        Method plus = activity.getReturnType().isVoid() ? null : find(activity.getDeclaringType(), name, withResult);
        if ((alone == null) == (plus == null)) {
            throw refused(activity, name, alone == null ? "there is no such method" : "there are two of them");
        }
        Method found = alone == null ? plus : alone;
        if (found == null || Modifier.isStatic(found.getModifiers()) || Modifier.isPrivate(found.getModifiers())) {
            throw refused(activity, name, "it is static or private");
        }
        found.setAccessible(true);
        return new Undoing(found, alone == null);
    }

    private static @Nullable Method find(Class<?> type, String name, Class<?>[] parameters) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters)) {
                    return method;
                }
            }
        }
        return null;
    }

    private static RomancyException refused(ExecutableMethod<?, ?> activity, String name, String why) {
        return new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "Activity " + ActivityPlans.describe(activity) + " names '" + name + "' in @Compensate, but " + why
                        + ". Let one method of its class, neither private nor static, have this name and the activity's parameters, or"
                        + " those and its result.");
    }

    /** Takes back one call of the activity. */
    void run(Object bean, Object[] inputs, @Nullable Object result) throws Exception {
        @Nullable Object[] arguments = inputs;
        if (takesResult) {
            arguments = Arrays.copyOf(inputs, inputs.length + 1);
            arguments[inputs.length] = result;
        }
        try {
            method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RomancyException refusal && refusal.code() == ErrorCode.WRONG_PLACE) {
                throw withRemedy(refusal);
            }
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** What the engine says to code of a workflow does not help who wrote a method of a bean. */
    private RomancyException withRemedy(RomancyException refusal) {
        if (method.isAnnotationPresent(Activity.class)) {
            return refusal;
        }
        String said = String.valueOf(refusal.getMessage())
                .substring(refusal.code().id().length() + 2);
        return new RomancyException(
                ErrorCode.WRONG_PLACE,
                "Method " + method.getDeclaringClass().getName() + "." + method.getName()
                        + " is named by @Compensate and is no activity, so it is code of the workflow. Put @Activity on it if"
                        + " it uses Romancy. What was refused: " + said,
                refusal);
    }
}
