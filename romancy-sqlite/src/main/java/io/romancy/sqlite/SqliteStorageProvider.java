package io.romancy.sqlite;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/**
 * Opens SQLite files, by URLs {@code jdbc:sqlite:<path>}. Several processes of one machine may use a file at the same time. Properties:
 * {@code synchronous} and {@code busyTimeout}, see the guide.
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
        return SqliteStorage.open(DatabaseFile.of(settings), Options.of(settings), settings.autoMigrate());
    }
}
