package io.romancy.postgres;

import io.romancy.postgres.notify.ListenTiming;
import io.romancy.postgres.notify.PostgresNotificationSource;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.NotificationSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens PostgreSQL, from version 15 on, at {@code jdbc:postgresql:} URLs. */
public final class PostgresStorageProvider implements StorageProvider {
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(Schema.PROPERTY), ListenTiming.properties().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** Called by ServiceLoader. */
    public PostgresStorageProvider() {}

    @Override
    public String id() {
        return "postgres";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return PostgresUrl.isPostgres(settings.url());
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        settings.refuseUnknown("PostgreSQL", KNOWN);
        var schema = Schema.of(settings);
        var url = PostgresUrl.of(settings, context);
        String server = reach(url, settings);
        new SchemaGate(url, schema, settings).pass();
        schema = schema.onTimeline(Timeline.of(url));
        // Before the pools: it may refuse a property, and would leave them open.
        var notifications = notifications(settings, context);
        var pools = new Pools(settings, context);
        return new PostgresStorage(
                "PostgreSQL " + server + " at " + settings.maskedUrl(), schema, pools, notifications);
    }

    /** None if they are switched off: then nothing here listens and nothing is sent. */
    private static @Nullable NotificationSource notifications(StorageSettings settings, StorageContext context) {
        if (settings.listenNotify() == ListenNotify.FALSE) {
            return null;
        }
        var timing = ListenTiming.of(settings);
        return new PostgresNotificationSource(
                PostgresUrl.forListening(settings, context).toDataSource(),
                PostgresUrl.of(settings, context).forEngine().toDataSource(),
                context.notificationPrefix(),
                timing);
    }

    /** What an application or another system says is any text, and a database that cannot store it would fail at the first such word. */
    private static void requireUnicode(Connection connection, StorageSettings settings) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_encoding')")) {
            row.next();
            String encoding = row.getString(1);
            if (!encoding.equals("UTF8")) {
                throw new RomancyException(
                        ErrorCode.STORAGE_REFUSED,
                        "The database at " + settings.maskedUrl() + " has the encoding " + encoding
                                + ", which lacks characters that ids, events and errors may hold. Use a database that was"
                                + " created with ENCODING 'UTF8'.");
            }
        }
    }

    /** Connects once, so that what is wrong with the way is said in our words and not in a pool's. */
    private static String reach(PostgresUrl url, StorageSettings settings) {
        try (Connection connection = url.toDataSource().getConnection()) {
            var product = connection.getMetaData();
            if (product.getDatabaseMajorVersion() < 15) {
                throw new RomancyException(
                        ErrorCode.STORAGE_REFUSED,
                        "PostgreSQL " + product.getDatabaseProductVersion() + " at " + settings.maskedUrl()
                                + " is older than 15. Upgrade the server.");
            }
            requireUnicode(connection, settings);
            return product.getDatabaseProductVersion();
        } catch (SQLException e) {
            if (SqlFailure.isCredentials(e)) {
                throw new RomancyException(
                        ErrorCode.STORAGE_CREDENTIALS,
                        "PostgreSQL at " + settings.maskedUrl() + " does not let this user in (" + e.getMessage()
                                + "). Check user and password, and the server's pg_hba.conf.",
                        e);
            }
            throw new StorageException(
                    ErrorCode.STORAGE_UNREACHABLE,
                    "PostgreSQL at " + settings.maskedUrl() + " cannot be reached (" + e.getMessage()
                            + "). Check host, port and database name, and that the server runs.",
                    e,
                    SqlFailure.isOutage(e));
        }
    }
}
