package io.romancy.spi;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database. Printing it shows no secret.
 *
 * @param url a JDBC URL
 * @param user null if the URL or the database says
 * @param password null if there is none
 * @param provider the id of the provider to take; null to pick by URL
 * @param autoMigrate whether to apply the schema at open
 * @param listenNotify whether notifications are used
 * @param notifyUrl where to listen, past any pooler; null for {@code url}
 * @param notifyReconnectDelay the longest pause between two attempts to listen again
 * @param poolSize the most connections for queries and for transactions of the application, beside the engine's own few
 * @param properties what belongs to one storage only
 */
public record StorageSettings(
        String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String provider,
        boolean autoMigrate,
        ListenNotify listenNotify,
        @Nullable String notifyUrl,
        Duration notifyReconnectDelay,
        int poolSize,
        Map<String, String> properties) {
    public StorageSettings {
        properties = Map.copyOf(properties);
    }

    /** Settings for a URL, with every other option at its default. */
    public static StorageSettings of(String url) {
        return new StorageSettings(
                url, null, null, null, true, ListenNotify.AUTO, null, Duration.ofSeconds(60), 10, Map.of());
    }

    /**
     * For a storage, before it reads its properties: refuses those that it does not have. A name that nobody reads is a mistake.
     *
     * @param storage how the message calls it
     */
    public void refuseUnknown(String storage, Set<String> known) {
        var unknown = new TreeSet<>(properties.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "Property '" + unknown.first() + "' is refused: the " + storage
                            + " storage has no such property. It has " + new TreeSet<>(known) + ".");
        }
    }

    /** The URL as it may stand in a log: without user information and parameters, where passwords hide. */
    public String maskedUrl() {
        return mask(url);
    }

    /** Takes user information and parameters out of a URL. */
    public static String mask(String url) {
        int question = url.indexOf('?');
        String masked = question < 0 ? url : url.substring(0, question) + "?..";
        // Up to the last @: passwords that nobody encoded contain @ and slashes, too.
        return masked.replaceFirst("//.*@", "//..@");
    }

    @Override
    public String toString() {
        return "StorageSettings[" + maskedUrl() + "]";
    }
}
