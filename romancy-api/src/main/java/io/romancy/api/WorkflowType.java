package io.romancy.api;

import io.romancy.api.type.TypeRef;
import io.romancy.spi.model.Route;
import org.jspecify.annotations.Nullable;

/**
 * A workflow by name: for lambdas, and for starting what another service implements. A lambda that is registered for it has version 1; a
 * start through it takes the newest version that is known here, and version 1 if none is.
 *
 * @param name the durable name
 */
public record WorkflowType<I extends @Nullable Object, O extends @Nullable Object>(
        String name, TypeRef<I> input, TypeRef<O> output) {
    public WorkflowType {
        new Route(name, 1);
    }

    /** A type whose input and result are of classes without type parameters; {@code Void.class} for none. */
    public static <I extends @Nullable Object, O extends @Nullable Object> WorkflowType<I, O> of(
            String name, Class<I> input, Class<O> output) {
        return new WorkflowType<>(name, TypeRef.of(input), TypeRef.of(output));
    }

    /** A type whose input and result are of any types. */
    public static <I extends @Nullable Object, O extends @Nullable Object> WorkflowType<I, O> of(
            String name, TypeRef<I> input, TypeRef<O> output) {
        return new WorkflowType<>(name, input, output);
    }
}
