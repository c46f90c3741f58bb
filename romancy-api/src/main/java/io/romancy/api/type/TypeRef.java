package io.romancy.api.type;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a {@code Class} cannot carry: {@code new TypeRef<Map<String, Order>>() {}}. Two are equal if their
 * types are. A type that is not known until later, such as a type variable, is refused.
 */
public abstract class TypeRef<T extends @Nullable Object> {
    private final Type type;

    /** For anonymous subclasses, from which the type argument is read. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || parent.getRawType() != TypeRef.class) {
            throw refuse(
                    getClass().getSuperclass().getName(),
                    "it does not name its type",
                    "Write new TypeRef<Map<String, Order>>() {}");
        }
        this.type = known(parent.getActualTypeArguments()[0]);
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /**
     * The type of a class without type parameters; of a primitive, its object form. {@code List.class} is refused: it does not say of
     * what.
     */
    public static <T extends @Nullable Object> TypeRef<T> of(Class<T> type) {
        return new Known<>(known(MethodType.methodType(type).wrap().returnType()));
    }

    /** The type of a list whose elements are of a class without type parameters. */
    public static <E> TypeRef<List<E>> listOf(Class<E> element) {
        return new Known<>(new ListType(known(element)));
    }

    /** The type as reflection knows it; of a primitive, its object form. {@code List.class} is refused, as by {@link #of(Class)}. */
    public static TypeRef<?> of(Type type) {
        return type instanceof Class<?> plain ? of(plain) : new Known<>(known(type));
    }

    /** The type as reflection and codecs know it. */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> ref && type.equals(ref.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static Type known(Type type) {
        switch (type) {
            case Class<?> plain -> {
                Class<?> inner = plain;
                while (inner.isArray()) {
                    inner = inner.getComponentType();
                }
                if (inner.getTypeParameters().length > 0) {
                    throw refuse(
                            plain.getTypeName(),
                            "it has type parameters and does not say what they are",
                            "Use TypeRef.listOf(X.class) or new TypeRef<Map<K, V>>() {}");
                }
            }
            case ParameterizedType generic -> {
                for (Type argument : generic.getActualTypeArguments()) {
                    known(argument);
                }
            }
            case GenericArrayType array -> known(array.getGenericComponentType());
            case WildcardType wildcard -> {
                for (Type bound : wildcard.getUpperBounds()) {
                    known(bound);
                }
            }
            default ->
                throw refuse(type.getTypeName(), "it is not known here", "Name a class where the type variable stands");
        }
        return type;
    }

    private static RomancyException refuse(String type, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_ARGUMENT, "Type " + type + " is refused: " + reason + ". " + remedy + ".");
    }

    private static final class Known<T extends @Nullable Object> extends TypeRef<T> {
        Known(Type type) {
            super(type);
        }
    }
}
