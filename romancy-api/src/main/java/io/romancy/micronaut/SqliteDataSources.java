package io.romancy.micronaut;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Lets Micronaut Data work on SQLite, if Romancy lives in a datasource of it: the driver refuses {@code setReadOnly} on an open connection,
 * which Micronaut Data calls for everything that only reads. Before all other listeners, because what these wrap is unwrapped again.
 */
@Singleton
@Requires(property = RomancyConfiguration.PREFIX + ".datasource")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SqliteDataSources implements BeanCreatedEventListener<DataSource> {
    private final Environment environment;

    SqliteDataSources(Environment environment) {
        this.environment = environment;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        String name = event.getBeanIdentifier().getName();
        return isOurs(name) && isSqlite(name) ? new SqliteDataSource(event.getBean()) : event.getBean();
    }

    private boolean isOurs(String name) {
        String ours = environment
                .getProperty(RomancyConfiguration.PREFIX + ".datasource", String.class)
                .orElse("");
        // the one datasource named "default" is the primary bean
        return name.equals(ours) || (name.equalsIgnoreCase("primary") && ours.equals("default"));
    }

    private boolean isSqlite(String name) {
        String key = "datasources." + (name.equalsIgnoreCase("primary") ? "default" : name) + ".url";
        return environment
                .getProperty(key, String.class)
                .map(url -> url.toLowerCase(Locale.ROOT).startsWith("jdbc:sqlite:"))
                .orElse(false);
    }
}
