package io.romancy.postgres;

import io.romancy.testkit.postgres.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A role that may log in, and may do in one database what somebody grants. Closing it takes everything back, before the database is closed. */
final class ApplicationRole implements AutoCloseable {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "storages.md");
    private static final Pattern GRANTS = Pattern.compile("```sql\n(GRANT .*?)```", Pattern.DOTALL);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PostgresDatabase database;
    private final String name = "romancy_shop_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();

    ApplicationRole(PostgresDatabase database) {
        this.database = database;
        administrator("CREATE ROLE " + name + " LOGIN PASSWORD 'secret'");
    }

    /** Grants what the guide says, and nothing else. */
    ApplicationRole asTheGuideSays() {
        try {
            var grants = GRANTS.matcher(Files.readString(GUIDE));
            if (!grants.find()) {
                throw new IllegalStateException(GUIDE + " has no grants");
            }
            administrator(grants.group(1)
                    .replaceAll("--.*", "")
                    .replace("TO shop", "TO " + name)
                    .replace("ROLE migrator", "ROLE CURRENT_USER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The database as this role reaches it. */
    String url() {
        return database.url().replaceAll("([?&])(user|password)=[^&]*", "$1") + "&user=" + name + "&password=secret";
    }

    void administrator(String sql) {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.terminate("%");
        administrator("DROP OWNED BY " + name);
        administrator("DROP ROLE " + name);
    }
}
