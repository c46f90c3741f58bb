package io.romancy.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys under {@code romancy.} that somebody reads, held against those that are configured: one that nobody reads does nothing, and
 * neither does a value that cannot be converted.
 */
@Singleton
final class ConfigurationKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationKeys.class);
    private static final String ROOT = RomancyConfiguration.PREFIX + ".";
    private static final String ROOT_IN_ENVIRONMENT = "ROMANCY_";

    /** What the testkit reads, which may lie in the surroundings of any test. */
    private static final String OF_TESTS = ROOT + "test.";

    private static final Set<String> MEMBERS_OF_ACTIVITY =
            Set.of("attempts", "delay", "multiplier", "max-delay", "max-duration", "timeout");

    private final ApplicationContext context;
    private final ActivityBeans activities;

    /** The options of health and meters judge themselves, and with all others, whether somebody reads them later or not. */
    ConfigurationKeys(
            ApplicationContext context,
            ActivityBeans activities,
            HealthConfiguration health,
            MetricsConfiguration metrics) {
        this.context = context;
        this.activities = activities;
    }

    /** Reports every key that nobody reads, and refuses values that nobody can take. */
    void check() {
        List<KnownKey> known = known();
        for (PropertySource source : context.getEnvironment().getPropertySources()) {
            for (String name : source) {
                report(source, name, source.get(name), known);
            }
        }
        known.stream().filter(key -> key.type() != Object.class).forEach(this::requireValue);
    }

    private List<KnownKey> known() {
        List<KnownKey> known = new ArrayList<>();
        if (context.getEnvironment().containsProperties(RomancyConfiguration.PREFIX + ".activities")) {
            for (String activity : activities.names()) {
                MEMBERS_OF_ACTIVITY.forEach(
                        member -> known.add(KnownKey.of(ActivityPlans.PREFIX + activity + "." + member)));
            }
        }
        for (BeanDefinition<?> options :
                context.getBeanDefinitions(Object.class, Qualifiers.byStereotype(ConfigurationReader.class))) {
            String prefix =
                    options.stringValue(ConfigurationReader.class, "prefix").orElse("");
            if (prefix.equals(RomancyConfiguration.PREFIX) || prefix.startsWith(ROOT)) {
                addAll(known, prefix, options.getBeanType());
            }
        }
        return known;
    }

    private static void addAll(List<KnownKey> known, String prefix, Class<?> options) {
        if (!options.isRecord()) {
            addSetters(known, prefix, options);
            return;
        }
        for (RecordComponent component : options.getRecordComponents()) {
            String key = prefix + "." + NameUtils.hyphenate(component.getName());
            known.add(
                    Map.class.isAssignableFrom(component.getType())
                            ? KnownKey.of(key + ".*")
                            : new KnownKey(key, component.getType()));
        }
    }

    /** A class that extends one of Micronaut's, whose values Micronaut judges. */
    private static void addSetters(List<KnownKey> known, String prefix, Class<?> options) {
        for (Method method : options.getMethods()) {
            if (method.getParameterCount() == 1 && NameUtils.isSetterName(method.getName())) {
                String key = prefix + "." + NameUtils.hyphenate(NameUtils.getPropertyNameForSetter(method.getName()));
                Class<?> type = method.getParameterTypes()[0];
                boolean isMap = Map.class.isAssignableFrom(type);
                boolean isList = type.isArray() || Collection.class.isAssignableFrom(type);
                known.add(isMap ? KnownKey.of(key + ".*") : new KnownKey(key, isList ? List.class : Object.class));
            }
        }
    }

    private void report(PropertySource source, String name, Object value, List<KnownKey> known) {
        if (value instanceof Map<?, ?> nested) {
            nested.forEach((inner, content) -> report(source, name + "." + inner, content, known));
            return;
        }
        boolean environment = source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
        if (!name.startsWith(environment ? ROOT_IN_ENVIRONMENT : ROOT)
                || (environment && ServiceVariables.isOne(name, value))) {
            return;
        }
        String key = environment ? name.toLowerCase(Locale.ROOT).replace('_', '.') : NameUtils.hyphenate(name, true);
        if (key.startsWith(OF_TESTS)) {
            return;
        }
        if (known.stream().noneMatch(k -> (environment ? k.matchesLoosely(key) : k.matches(key)) && isFound(k))) {
            LOG.warn(
                    "Option {} of {} does nothing: there is no such option. The nearest that there is: {}",
                    name,
                    source.getName(),
                    KnownKey.nearest(key, known));
        }
    }

    /** The names of activities are found only as they are written: not in another case, nor with hyphens for it. */
    private boolean isFound(KnownKey key) {
        return !key.text().startsWith(ActivityPlans.PREFIX)
                || context.getEnvironment().containsProperty(key.text());
    }

    /** What Micronaut takes for false when it converts is not what it takes for false when it leaves beans out. */
    private void requireValue(KnownKey key) {
        Environment environment = context.getEnvironment();
        environment
                .getProperty(key.text(), Object.class)
                .filter(value -> !key.takes(value, environment))
                .ifPresent(value -> {
                    throw new RomancyException(
                            ErrorCode.INVALID_OPTION,
                            "Option " + key.text() + " = '" + value + "' is refused: it is " + key.kind() + ".");
                });
    }
}
