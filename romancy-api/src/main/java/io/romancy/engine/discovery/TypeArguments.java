package io.romancy.engine.discovery;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out with which type arguments a class implements an interface, through all classes and interfaces in between. */
final class TypeArguments {
    private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

    private TypeArguments() {}

    /** The arguments; {@link IllegalArgumentException}, with the reason, if one of them is not known from the class alone. */
    static List<Type> of(Class<?> type, Class<?> wanted) {
        List<Type> arguments = new TypeArguments().search(type, wanted);
        if (arguments == null) {
            throw new IllegalArgumentException("it does not implement " + wanted.getSimpleName());
        }
        return arguments;
    }

    private @Nullable List<Type> search(Class<?> type, Class<?> wanted) {
        List<Type> parents = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            parents.add(type.getGenericSuperclass());
        }
        for (Type parent : parents) {
            Class<?> raw = raw(parent);
            if (!wanted.isAssignableFrom(raw)) {
                continue;
            }
            if (!(parent instanceof ParameterizedType generic)) {
                if (raw.getTypeParameters().length > 0) {
                    throw new IllegalArgumentException(
                            type.getName() + " names " + raw.getName() + " without type arguments");
                }
                return search(raw, wanted);
            }
            List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(this::resolve)
                    .toList();
            for (int i = 0; i < arguments.size(); i++) {
                bound.put(raw.getTypeParameters()[i], arguments.get(i));
            }
            return raw == wanted ? arguments : search(raw, wanted);
        }
        return null;
    }

    private Type resolve(Type type) {
        return switch (type) {
            case Class<?> plain -> known(plain);
            case ParameterizedType generic -> {
                List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                        .map(this::resolve)
                        .toList();
                yield new BoundType(raw(generic), generic.getOwnerType(), arguments);
            }
            case GenericArrayType array -> {
                Type component = resolve(array.getGenericComponentType());
                if (!(component instanceof Class<?> plain)) {
                    throw new IllegalArgumentException(
                            "an array of " + component.getTypeName() + " cannot be told from others");
                }
                yield Array.newInstance(plain, 0).getClass();
            }
            case TypeVariable<?> variable -> {
                Type argument = bound.get(variable);
                if (argument == null) {
                    throw new IllegalArgumentException("the type variable " + variable + " is not known");
                }
                yield argument;
            }
            case WildcardType wildcard -> {
                Type limit = wildcard.getUpperBounds()[0];
                Type resolved = resolve(limit);
                yield resolved.equals(limit) ? wildcard : resolved;
            }
            default -> throw new IllegalArgumentException("the type " + type.getTypeName() + " is not known");
        };
    }

    private static Class<?> known(Class<?> type) {
        Class<?> inner = type;
        while (inner.isArray()) {
            inner = inner.getComponentType();
        }
        if (inner.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(
                    type.getTypeName() + " has type parameters and does not say what they are");
        }
        return type;
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }
}
