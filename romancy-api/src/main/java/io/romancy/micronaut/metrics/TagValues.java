package io.romancy.micronaut.metrics;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names that meters tell apart. A registry keeps a meter for ever, so names made up at run time must not each get one: of one kind, only
 * the first few are told apart. Thread-safe.
 */
final class TagValues {
    static final String OTHER = "other";
    private static final Logger LOG = LoggerFactory.getLogger(TagValues.class);

    private final String kind;
    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TagValues(String kind, int most) {
        this.kind = kind;
        this.most = most;
    }

    /** All values of tags are lower case. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    String of(String name) {
        if (known.contains(name)) {
            return name;
        }
        synchronized (this) {
            if (known.size() < most) {
                known.add(name);
                return name;
            }
            if (known.add(OTHER)) {
                LOG.warn(
                        "There are more than {} names of {}: meters count the others, such as '{}', as '{}'. Names that carry data"
                                + " cannot be told apart; more than that many can, with romancy.metrics.max-tag-values.",
                        most,
                        kind,
                        name,
                        OTHER);
            }
            return OTHER;
        }
    }
}
