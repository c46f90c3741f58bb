package io.romancy.micronaut;

import io.micronaut.inject.ExecutableMethod;
import io.romancy.api.activity.Activity;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the compiler refuses if it is told to look, looked at once more at start. Thread-safe. */
@Singleton
final class ActivityChecks {
    private static final String ASYNC = "io.micronaut.scheduling.annotation.Async";
    private static final String TRANSACTIONAL = "io.micronaut.transaction.annotation.Transactional";

    private static final Set<String> LATER = Set.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "java.util.stream.BaseStream",
            "java.util.Iterator");

    private final @Nullable String datasource;
    private final UnnamedDatasource unnamed;

    // As many as the application has classes with activities.
    private final Set<Class<?>> looked = ConcurrentHashMap.newKeySet();

    ActivityChecks(RomancyConfiguration options, UnnamedDatasource unnamed) {
        this.datasource = options.datasource();
        this.unnamed = unnamed;
    }

    /** Refuses an activity that is intercepted, and whose outcome would not be recorded as it says. */
    void method(ExecutableMethod<?, ?> method) {
        if (method.hasStereotype(ASYNC)) {
            throw refused(method, "@Async runs it on a thread that no workflow knows", "Take @Async away");
        }
        Class<?> result = method.getReturnType().getType();
        if (isLater(result)) {
            throw refused(
                    method,
                    "it returns " + result.getName() + ", whose value comes after the activity has ended",
                    "Return the value itself, or a list");
        }
        if (method.stringValue(TRANSACTIONAL, "propagation")
                .filter("REQUIRES_NEW"::equals)
                .isPresent()) {
            throw refused(
                    method,
                    "it asks for a transaction of its own by REQUIRES_NEW",
                    "Take that away: an activity has a transaction of its own anyway");
        }
        committing(method).ifPresent(member -> {
            throw refused(
                    method,
                    "by " + member + " its transaction is committed although the attempt has failed",
                    "Take that away: what is to stay although the activity fails belongs in an activity of its own");
        });
        if (datasource != null && method.hasStereotype(TRANSACTIONAL)) {
            requireSame(method, datasource);
        }
    }

    /** What says of some failures that they are no reason to roll back; of those that are, any other is none. */
    private static Optional<String> committing(ExecutableMethod<?, ?> method) {
        if (method.stringValues(TRANSACTIONAL, "noRollbackFor").length > 0) {
            return Optional.of("noRollbackFor");
        }
        List<String> failures = List.of(method.stringValues(TRANSACTIONAL, "rollbackFor"));
        return failures.isEmpty() || failures.contains(Throwable.class.getName())
                ? Optional.empty()
                : Optional.of("rollbackFor");
    }

    private void requireSame(ExecutableMethod<?, ?> method, String ours) {
        Optional<String> named = named(method);
        String theirs = named.orElseGet(() -> unnamed.name().orElse(ours));
        if (!ours.equals(theirs)) {
            throw refused(
                    method,
                    "its transaction is one of datasource '" + theirs + "'"
                            + (named.isPresent() ? "" : ", which is taken where none is named")
                            + ", and Romancy lives in '" + ours
                            + "', so that its record would commit apart from its rows",
                    "Set " + OptionKeys.key("datasource") + " to '" + theirs
                            + "' if that is where Romancy belongs. Write @Transactional(\"" + ours
                            + "\") if it does not, or call the transactional method from an activity that is not transactional, and let it"
                            + " bear being repeated");
        }
    }

    private static Optional<String> named(ExecutableMethod<?, ?> method) {
        return Stream.of(method.stringValue(TRANSACTIONAL), method.stringValue(TRANSACTIONAL, "transactionManager"))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static boolean isLater(@Nullable Class<?> type) {
        return type != null
                && (LATER.contains(type.getName())
                        || isLater(type.getSuperclass())
                        || Arrays.stream(type.getInterfaces()).anyMatch(ActivityChecks::isLater));
    }

    /** Refuses a class beside whose activities stand methods that say that they are one, and that nobody intercepts. */
    void type(Class<?> bean) {
        for (Class<?> c = bean; c != null && looked.add(c); c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Activity.class) && !method.isBridge()) {
                    require(bean, method);
                }
            }
        }
    }

    private static void require(Class<?> bean, Method method) {
        int modifiers = method.getModifiers();
        String why = Modifier.isStatic(modifiers)
                ? "it is static"
                : Modifier.isPrivate(modifiers)
                        ? "it is private"
                        : Modifier.isFinal(modifiers)
                                ? "it is final"
                                : method.getDeclaringClass() != bean && hasVariables(method)
                                        ? "it is inherited with type parameters, which Micronaut does not intercept"
                                        : null;
        if (why != null) {
            throw new RomancyException(
                    ErrorCode.NOT_DURABLE,
                    "Activity " + method.getDeclaringClass().getName() + "." + method.getName() + " is refused: " + why
                            + ", so that calls of it would be plain calls. Let it be a method that "
                            + bean.getSimpleName()
                            + " can override, with types that are named.");
        }
    }

    private static boolean hasVariables(Method method) {
        List<Type> types = Stream.concat(
                        Stream.of(method.getGenericReturnType()), Arrays.stream(method.getGenericParameterTypes()))
                .toList();
        return types.stream().anyMatch(TypeVariable.class::isInstance);
    }

    private static RomancyException refused(ExecutableMethod<?, ?> method, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.NOT_DURABLE,
                "Activity " + ActivityPlans.describe(method) + " is refused: " + reason + ". " + remedy + ".");
    }
}
