package io.romancy.micronaut;

import io.micronaut.core.naming.NameUtils;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The engine speaks of options by the names of its builder; here they have keys, and a message should name what can be changed. */
final class OptionKeys {
    private static final Map<String, String> KEYS = keys();
    private static final Pattern OPTION = anyOf(KEYS);

    private static final Map<String, String> RETRY_KEYS =
            keysOf(RetryConfiguration.class, "default-retry.", name -> name);

    /** A part of a policy in front of its value. */
    private static final Pattern RETRY_OPTION =
            Pattern.compile("\\b(?:" + String.join("|", RETRY_KEYS.keySet()) + ")(?= -?[P\\dIN])");

    private OptionKeys() {}

    /** The same refusal with the keys of this configuration. */
    static RomancyException inConfiguration(RomancyException refusal) {
        return refusal.code() == ErrorCode.INVALID_OPTION ? withKeys(refusal, "", OPTION, KEYS) : refusal;
    }

    /** The same for a refusal of the default policy, whose parts are no options of the builder. */
    static RomancyException ofRetry(RomancyException refusal) {
        String options = "The options under " + key("defaultRetry") + " are refused. ";
        return withKeys(refusal, options, RETRY_OPTION, RETRY_KEYS);
    }

    /** The key of an option of the builder. */
    static String key(String option) {
        return KEYS.getOrDefault(option, RomancyConfiguration.PREFIX + "." + NameUtils.hyphenate(option));
    }

    private static RomancyException withKeys(
            RomancyException refusal, String before, Pattern option, Map<String, String> keys) {
        String said = String.valueOf(refusal.getMessage())
                .substring(refusal.code().id().length() + 2);
        String told = before + option.matcher(said).replaceAll(found -> keys.get(found.group()));
        return new RomancyException(ErrorCode.INVALID_OPTION, told, refusal);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = keysOf(RomancyConfiguration.class, "", name -> name);
        keys.putAll(keysOf(OutboxConfiguration.class, "outbox.", OptionKeys::ofOutbox));
        return keys;
    }

    private static Map<String, String> keysOf(
            Class<? extends Record> options, String group, UnaryOperator<String> option) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (RecordComponent component : options.getRecordComponents()) {
            String key = RomancyConfiguration.PREFIX + "." + group + NameUtils.hyphenate(component.getName());
            keys.put(option.apply(component.getName()), key);
        }
        return keys;
    }

    /** What the builder calls an option of the outbox. */
    private static String ofOutbox(String name) {
        return name.contains("Events") ? name : "outbox" + NameUtils.capitalize(name);
    }

    /** A name that stands for an option: in front of a value, among others, or one that is no word of English. */
    private static Pattern anyOf(Map<String, String> keys) {
        String names = String.join("|", keys.keySet());
        String camelCase = keys.keySet().stream()
                .filter(name -> !name.equals(NameUtils.hyphenate(name)))
                .collect(Collectors.joining("|"));
        return Pattern.compile("\\b(?:(?:" + names + ")(?= = | and | is refused)|(?<= and )(?:" + names + ")\\b|(?:"
                + camelCase + ")\\b)");
    }
}
