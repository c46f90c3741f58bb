package io.romancy.micronaut;

import io.micronaut.core.naming.NameUtils;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The engine speaks of options by the names of its builder; here they have keys, and a message should name what can be changed. */
final class OptionKeys {
    private static final String NAMES = Arrays.stream(RomancyConfiguration.class.getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.joining("|"));

    /** A name that stands for an option: in front of a value, among others, or one that is no word of English. */
    private static final Pattern OPTION = Pattern.compile(
            "\\b(?:(" + NAMES + ")(?= = | and | is refused)|(?<= and )(" + NAMES + ")\\b|(" + camelCase() + ")\\b)");

    private OptionKeys() {}

    /** The same refusal with the keys of this configuration. */
    static RomancyException inConfiguration(RomancyException refusal) {
        if (refusal.code() != ErrorCode.INVALID_OPTION) {
            return refusal;
        }
        String said = String.valueOf(refusal.getMessage())
                .substring(refusal.code().id().length() + 2);
        Matcher options = OPTION.matcher(said);
        return new RomancyException(refusal.code(), options.replaceAll(found -> key(found.group())), refusal);
    }

    static String key(String option) {
        return RomancyConfiguration.PREFIX + "." + NameUtils.hyphenate(option);
    }

    private static String camelCase() {
        return Arrays.stream(NAMES.split("\\|"))
                .filter(name -> !name.equals(NameUtils.hyphenate(name)))
                .collect(Collectors.joining("|"));
    }
}
