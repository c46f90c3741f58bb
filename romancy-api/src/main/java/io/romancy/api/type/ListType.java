package io.romancy.api.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code List<element>}; equal to what reflection says of the same type, in both directions. */
final class ListType implements ParameterizedType {
    private final Type element;

    ListType(Type element) {
        this.element = element;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return new Type[] {element};
    }

    @Override
    public Type getRawType() {
        return List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType type
                && type.getRawType() == List.class
                && Arrays.equals(getActualTypeArguments(), type.getActualTypeArguments());
    }

    /** The sum that the JDK's own implementation makes, so that equal types are found in a map. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(getActualTypeArguments()) ^ List.class.hashCode();
    }

    @Override
    public String toString() {
        return "java.util.List<" + element.getTypeName() + ">";
    }
}
