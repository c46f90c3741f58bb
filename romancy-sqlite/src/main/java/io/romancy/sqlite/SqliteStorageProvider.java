package io.romancy.sqlite;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/**
 * Opens SQLite files, by URLs {@code jdbc:sqlite:<path>}. Several processes of one machine may use a file at the same time. Properties:
 *
 * <ul>
 *   <li>{@code synchronous}: {@code full}, the default, keeps every commit through a loss of power; {@code normal} and {@code off} are
 *       faster and may lose the last ones then, though never by the end of a process.
 *   <li>{@code busyTimeout}: milliseconds that a call waits for its turn to write, 5000 by default.
 * </ul>
 */
public final class SqliteStorageProvider implements StorageProvider {
    /** For ServiceLoader. */
    public SqliteStorageProvider() {}

    @Override
    public String id() {
        return "sqlite";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return settings.url().startsWith(DatabaseFile.URL_PREFIX);
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        if (settings.listenNotify() == ListenNotify.TRUE) {
            throw new RomancyException(
                    ErrorCode.NOTIFICATIONS_UNSUPPORTED,
                    "listenNotify=true is refused for '" + settings.maskedUrl()
                            + "': SQLite has no notifications, workers find their work by polling. "
                            + "Set it to auto or false, or use PostgreSQL.");
        }
        refuse("user", settings.user(), "a file has no users", settings);
        refuse("password", settings.password(), "a file has no users", settings);
        refuse("notifyUrl", settings.notifyUrl(), "SQLite has nothing to listen to", settings);
        return SqliteStorage.open(DatabaseFile.of(settings), Options.of(settings), settings.autoMigrate());
    }

    private static void refuse(String option, @Nullable String value, String reason, StorageSettings settings) {
        if (value != null) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "The option " + option + " is set for '" + settings.maskedUrl() + "', but " + reason
                            + ". Remove it, or use PostgreSQL.");
        }
    }
}
