package io.romancy.sqlite;

import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Applies the {@code .sql} files of the migration folder, under a history table of its own.
 *
 * <p>SQLite has nothing that Flyway could lock, so Flyway takes none. What makes it safe is that every transaction here begins with BEGIN
 * IMMEDIATE: the second of two migrators waits at its first statement and then reads what the first has done.
 */
final class Migrator {
    private static final String HISTORY = "romancy_schema_history";
    private static final String FOLDER = "classpath:io/romancy/sqlite/migration";

    private final DatabaseFile file;
    private final Options options;

    Migrator(DatabaseFile file, Options options) {
        this.file = file;
        this.options = options;
    }

    void migrate() {
        Flyway.configure(Migrator.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(source())
                .locations(FOLDER)
                .table(HISTORY)
                // The file may be the application's: its tables are no reason to refuse.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private SQLiteDataSource source() {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(options.busyMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(file.jdbcUrl());
        return source;
    }
}
