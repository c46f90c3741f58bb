package io.romancy.api;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands behind an interface and writes down what reaches its abstract methods; default methods run as they are. */
final class Calls {
    private final List<String> made = new ArrayList<>();
    private final Map<String, @Nullable Object> answers = new HashMap<>();

    <T> T behind(Class<T> type) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, args);
            }
            made.add(method.getName() + (args == null ? "[]" : Arrays.toString(args)));
            return answers.get(method.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    Calls answer(String method, Object value) {
        answers.put(method, value);
        return this;
    }

    List<String> made() {
        return made;
    }
}
