package io.romancy.micronaut;

import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.ExecutableMethod;
import io.romancy.api.Step;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.type.TypeRef;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads what an activity says of itself, and what the configuration says over it. Thread-safe. */
@Singleton
final class ActivityPlans {
    static final String PREFIX = RomancyConfiguration.PREFIX + ".activities.";

    private final Environment environment;
    private final ConversionService conversion;
    private final RetryPolicy defaults;

    // As many as the application has activities.
    private final Map<ExecutableMethod<?, ?>, ActivityPlan> plans = new ConcurrentHashMap<>();

    ActivityPlans(Environment environment, ConversionService conversion, RetryConfiguration defaults) {
        this.environment = environment;
        this.conversion = conversion;
        this.defaults = defaults.policy();
    }

    ActivityPlan of(ExecutableMethod<?, ?> method) {
        return plans.computeIfAbsent(method, this::read);
    }

    static String nameOf(ExecutableMethod<?, ?> method) {
        return nameOf(method.stringValue(Activity.class).orElse(""), method.getDeclaringType(), method.getMethodName());
    }

    /** The name that the annotation gives, or, if it gives none, that of class and method. */
    static String nameOf(String given, Class<?> declaring, String method) {
        return given.isEmpty() ? declaring.getSimpleName() + "." + method : given;
    }

    private ActivityPlan read(ExecutableMethod<?, ?> method) {
        String name = nameOf(method);
        try {
            return new ActivityPlan(
                    name,
                    new Step<>(name, type(method), policy(method, name), timeout(method, name), null),
                    Undoing.of(method));
        } catch (RomancyException e) {
            throw new RomancyException(e.code(), "Activity " + describe(method) + " is refused. " + e.getMessage(), e);
        }
    }

    static String describe(ExecutableMethod<?, ?> method) {
        return method.getDeclaringType().getName() + "." + method.getMethodName();
    }

    /** The codec takes the type apart, so it must be whole: nobody knows at run time what a List is of. */
    private static TypeRef<?> type(ExecutableMethod<?, ?> method) {
        Argument<?> result = method.getReturnType().asArgument();
        return result.isVoid() ? TypeRef.of(Void.class) : TypeRef.of(result.asType());
    }

    private @Nullable RetryPolicy policy(ExecutableMethod<?, ?> method, String name) {
        PolicyParts configured = new PolicyParts(
                configured(name, "attempts", Integer.class),
                configured(name, "delay", Duration.class),
                configured(name, "multiplier", Double.class),
                configured(name, "max-delay", Duration.class),
                configured(name, "max-duration", Duration.class));
        int attempts = method.intValue(Activity.class, "attempts").orElse(0);
        double multiplier = method.doubleValue(Activity.class, "multiplier").orElse(0);
        PolicyParts written = new PolicyParts(
                attempts == 0 ? null : attempts,
                written(method, "delay"),
                multiplier == 0 ? null : multiplier,
                written(method, "maxDelay"),
                written(method, "maxDuration"));
        Class<?>[] finals = method.classValues(Activity.class, "noRetryFor");
        if (configured.isEmpty() && written.isEmpty() && finals.length == 0) {
            return null;
        }
        RetryPolicy policy = configured.over(written.over(defaults));
        for (Class<?> type : finals) {
            policy = policy.noRetryFor(type.asSubclass(Throwable.class));
        }
        return policy;
    }

    private @Nullable Duration timeout(ExecutableMethod<?, ?> method, String name) {
        Duration configured = configured(name, "timeout", Duration.class);
        return configured != null ? configured : written(method, "timeout");
    }

    private <T> @Nullable T configured(String name, String member, Class<T> type) {
        String key = PREFIX + name + "." + member;
        Optional<String> text = environment.getProperty(key, String.class);
        return text.map(value -> converted(value, type, "Option " + key)).orElse(null);
    }

    private @Nullable Duration written(ExecutableMethod<?, ?> method, String member) {
        String text = method.stringValue(Activity.class, member).orElse("");
        return text.isEmpty() ? null : converted(text, Duration.class, "@Activity(" + member + ")");
    }

    private <T> T converted(String text, Class<T> type, String where) {
        return conversion
                .convert(text, type)
                .orElseThrow(() -> new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        where + " = '" + text + "' is refused: it is no " + type.getSimpleName() + ". Take one such as "
                                + (type == Duration.class ? "10s" : "3") + "."));
    }
}
