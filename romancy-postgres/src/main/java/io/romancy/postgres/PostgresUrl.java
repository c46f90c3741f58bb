package io.romancy.postgres;

import io.romancy.postgres.notify.PeekSocketFactory;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** How the driver is asked to connect: what the settings say, and defaults for what neither they nor the URL do. */
record PostgresUrl(String url, Properties properties) {
    /** A statement of ours is short; whoever waits longer for its answer waits for a server that is gone. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private static final String LOGIN_SOCKET_TIMEOUT_SECONDS = "10";

    static boolean isPostgres(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    static PostgresUrl of(StorageSettings settings, StorageContext context) {
        return new PostgresUrl(settings.url(), properties(settings, context));
    }

    /** Where to listen: past any pooler, if the settings know a way. */
    static PostgresUrl forListening(StorageSettings settings, StorageContext context) {
        String notifyUrl = settings.notifyUrl();
        var properties = properties(settings, context);
        setDefault(properties, PGProperty.SOCKET_FACTORY, PeekSocketFactory.class.getName());
        setDefault(properties, PGProperty.APPLICATION_NAME, applicationName("romancy listen ", context));
        // Until the session listens, when it has its own limits: a server that says nothing must not keep the driver's
        // thread for ever.
        setDefault(properties, PGProperty.SOCKET_TIMEOUT, LOGIN_SOCKET_TIMEOUT_SECONDS);
        // Few statements, and nothing of them is to stay in a session that may turn out to be a pooler's.
        setDefault(properties, PGProperty.PREPARE_THRESHOLD, "0");
        return new PostgresUrl(notifyUrl == null ? settings.url() : notifyUrl, properties);
    }

    /** The same for the engine's own statements; what the URL itself says still wins. */
    PostgresUrl forEngine() {
        var limited = new Properties();
        limited.putAll(properties);
        // The engine's statements are few and come again and again: the server prepares each at its first use.
        setDefault(limited, PGProperty.PREPARE_THRESHOLD, "1");
        return new PostgresUrl(url, limited);
    }

    /** Connections that belong to no pool. */
    DataSource toDataSource() {
        return configured(new PGSimpleDataSource());
    }

    /** The same from another kind of source. */
    DataSource configured(PGSimpleDataSource source) {
        try {
            // The source itself keeps what was set before its URL, and the URL would lose.
            Properties winning = Driver.parseURL(url, properties);
            if (winning == null) {
                throw unreadable();
            }
            for (String property : properties.stringPropertyNames()) {
                source.setProperty(property, winning.getProperty(property));
            }
        } catch (SQLException e) {
            throw SqlFailure.of("Preparing to connect", e);
        }
        source.setURL(url);
        return source;
    }

    /** Without a cause: the driver's would quote the URL, and a password with it. */
    private RomancyException unreadable() {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "The URL '" + StorageSettings.mask(url)
                        + "' cannot be read by the PostgreSQL driver: a port is no number up to"
                        + " 65535, or a percent sign is not followed by two hex digits. Write jdbc:postgresql://host:5432/db,"
                        + " and a percent sign as %25.");
    }

    private static Properties properties(StorageSettings settings, StorageContext context) {
        var properties = new Properties();
        if (settings.user() != null) {
            PGProperty.USER.set(properties, settings.user());
        }
        if (settings.password() != null) {
            PGProperty.PASSWORD.set(properties, settings.password());
        }
        setDefault(properties, PGProperty.APPLICATION_NAME, applicationName("romancy ", context));
        setDefault(properties, PGProperty.CONNECT_TIMEOUT, "10");
        setDefault(properties, PGProperty.LOGIN_TIMEOUT, "15");
        setDefault(properties, PGProperty.TCP_KEEP_ALIVE, "true");
        setDefault(properties, PGProperty.SOCKET_TIMEOUT, Long.toString(LONGEST_ANSWER.toSeconds()));
        return properties;
    }

    private static String applicationName(String prefix, StorageContext context) {
        String name = prefix + context.workerName();
        return name.substring(0, Math.min(name.length(), 63));
    }

    /** What the URL says wins over properties, so this is a default. */
    private static void setDefault(Properties properties, PGProperty property, String value) {
        property.set(properties, value);
    }
}
