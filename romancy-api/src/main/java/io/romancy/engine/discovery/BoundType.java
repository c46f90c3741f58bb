package io.romancy.engine.discovery;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generic type whose variables were replaced; equal to what reflection says of the same type, in both directions. */
final class BoundType implements ParameterizedType {
    private final Class<?> raw;
    private final @Nullable Type owner;
    private final List<Type> arguments;

    BoundType(Class<?> raw, @Nullable Type owner, List<Type> arguments) {
        this.raw = raw;
        this.owner = owner;
        this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType type
                && raw == type.getRawType()
                && Objects.equals(owner, type.getOwnerType())
                && Arrays.equals(getActualTypeArguments(), type.getActualTypeArguments());
    }

    /** The sum that the JDK's own implementation makes, so that equal types are found in a map. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
        return raw.getName() + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
