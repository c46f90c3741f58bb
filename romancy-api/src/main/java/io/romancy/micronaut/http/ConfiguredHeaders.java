package io.romancy.micronaut.http;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers that the configuration names. In keys they stand as they are sent; in variables of the environment, which Micronaut does not
 * give a map whose keys it leaves as they are, in capitals and with underscores for hyphens.
 */
final class ConfiguredHeaders {
    private static final String KEY = HttpOutboxConfiguration.PREFIX + ".headers.";
    private static final String VARIABLE = KEY.replace('.', '_').toUpperCase(Locale.ROOT);

    private ConfiguredHeaders() {}

    /** Those that were bound and those of variables, by names whose case does not count. */
    static Map<String, String> with(Map<String, String> bound, Environment environment) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(bound);
        for (PropertySource source : environment.getPropertySources()) {
            if (source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE) {
                for (String name : source) {
                    if (name.startsWith(VARIABLE)) {
                        put(headers, name.substring(VARIABLE.length()).replace('_', '-'), environment);
                    }
                }
            }
        }
        return headers;
    }

    /** By its key, so that Micronaut decides which place counts if several name the header. */
    private static void put(Map<String, String> headers, String name, Environment environment) {
        environment
                .getProperty(KEY + name.toLowerCase(Locale.ROOT), String.class)
                .ifPresent(value -> headers.put(name, value));
    }
}
