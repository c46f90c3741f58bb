package io.romancy.engine.codec;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells containers whose order means nothing from those that were put in order, and puts the former in one. The order of hash containers
 * changes with their history, and that of {@code Set.of} with the process: the same value would have two encodings.
 */
final class HashOrder {
    private static final Set<Class<?>> UNORDERED = Set.of(
            HashMap.class,
            Hashtable.class,
            IdentityHashMap.class,
            WeakHashMap.class,
            ConcurrentHashMap.class,
            ConcurrentHashMap.KeySetView.class,
            HashSet.class,
            new HashMap<>().keySet().getClass());

    /** The package-private classes behind {@code Set.of} and {@code Map.of}. */
    private static final String IMMUTABLE = "java.util.ImmutableCollections$";

    private HashOrder() {}

    /** The same content in an order that depends on it alone; anything that has an order of its own as it is. */
    static Object stable(Object value, ObjectCodec codec) throws IOException {
        if (!isUnordered(value.getClass())) {
            return value;
        }
        return switch (value) {
            case Map<?, ?> map when map.size() > 1 -> sorted(map);
            case Set<?> set when set.size() > 1 -> sorted(set, (ObjectMapper) codec);
            default -> value;
        };
    }

    private static boolean isUnordered(Class<?> type) {
        return UNORDERED.contains(type) || type.getName().startsWith(IMMUTABLE);
    }

    private static Map<?, ?> sorted(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        entries.sort(Comparator.comparing(entry -> String.valueOf(entry.getKey())));
        Map<Object, Object> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Set<?> sorted(Set<?> set, ObjectMapper mapper) throws IOException {
        record Keyed(String key, Object element) {}
        List<Keyed> elements = new ArrayList<>();
        for (Object element : set) {
            elements.add(new Keyed(mapper.writeValueAsString(element), element));
        }
        elements.sort(Comparator.comparing(Keyed::key));
        Set<Object> sorted = new LinkedHashSet<>();
        elements.forEach(keyed -> sorted.add(keyed.element));
        return sorted;
    }
}
