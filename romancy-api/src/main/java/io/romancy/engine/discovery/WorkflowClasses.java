package io.romancy.engine.discovery;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Route;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a workflow's class says of itself, and refuses what could not work. */
final class WorkflowClasses {
    private WorkflowClasses() {}

    /** The definition of an annotated class. */
    static WorkflowDefinition describe(Class<?> type, @Nullable Supplier<? extends Durable<?, ?>> factory) {
        Workflow annotation = type.getAnnotation(Workflow.class);
        if (annotation == null) {
            throw refuse(
                    type, "it has no @Workflow, so it has no durable name", "Annotate it with @Workflow(\"a_name\")");
        }
        if (type.getTypeParameters().length > 0) {
            throw refuse(
                    type,
                    "it has type parameters, and no class literal says what they are",
                    "Make a subclass that names them");
        }
        List<Type> arguments = argumentsOf(type);
        return new WorkflowDefinition(
                route(type, annotation), arguments.get(0), arguments.get(1), type.getName(), factory);
    }

    /** Refuses an object whose class has fields that can change: it would carry them from one instance to another. */
    static void refuseState(String workflow, Durable<?, ?> object) {
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
                    throw refuse(
                            object.getClass(),
                            "as one object for all instances of '" + workflow + "' it would mix them in its field '"
                                    + field.getName() + "', which is not final",
                            "Register a supplier that makes a new object each time, or make the field final");
                }
            }
        }
    }

    /** What to call a lambda or an object in a message. */
    static String sourceOf(Object registered) {
        return nameOf(registered.getClass());
    }

    static String nameOf(Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : "a lambda of " + name.substring(0, lambda);
    }

    private static List<Type> argumentsOf(Class<?> type) {
        try {
            return TypeArguments.of(type, Durable.class);
        } catch (IllegalArgumentException e) {
            throw refuse(
                    type,
                    String.valueOf(e.getMessage()),
                    "Implement Durable<Input, Output> with classes in both places, Void for none");
        }
    }

    private static Route route(Class<?> type, Workflow annotation) {
        try {
            return new Route(annotation.value(), annotation.version());
        } catch (IllegalArgumentException | RomancyException e) {
            throw refuse(
                    type,
                    "@Workflow(\"" + annotation.value() + "\", version = " + annotation.version() + ") is no route ("
                            + e.getMessage() + ")",
                    "Take a short name and a version from 1");
        }
    }

    private static RomancyException refuse(Class<?> type, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "Workflow class " + type.getName() + " is refused: " + reason + ". " + remedy + ".");
    }
}
