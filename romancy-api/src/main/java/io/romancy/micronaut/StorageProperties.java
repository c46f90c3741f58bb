package io.romancy.micronaut;

import io.micronaut.core.naming.NameUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties of a storage as Micronaut has them, which knows what is written in any style by its spelling with hyphens; without any
 * option of ours it fails to bind them as written. A variable of the environment has one key for each way to read its underscores, as a dot
 * or as a hyphen.
 */
final class StorageProperties {
    private StorageProperties() {}

    /** The same by the names that the storage gives them. */
    static Map<String, String> byName(Map<String, String> properties) {
        Map<String, String> named = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            String hyphenated = key.replace('.', '-');
            if (key.equals(hyphenated) || !properties.containsKey(hyphenated)) {
                named.put(NameUtils.camelCase(key), value);
            }
        });
        return named;
    }
}
