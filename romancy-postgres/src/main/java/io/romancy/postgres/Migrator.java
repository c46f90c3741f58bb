package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the schema's {@code .sql} files, under a history table of its own. Safe while other workers do the same, and behind a pooler
 * that shares connections between transactions: the lock that serializes them belongs to a transaction.
 */
final class Migrator {
    static final String HISTORY_TABLE = "romancy_schema_history";

    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    /** Any number will do, if nobody else's locks have it: the first bytes of the word. */
    private static final long LOCK = 0x726f6d616e6379L;

    /** Tables are locked for two seconds at most by each attempt, so that running workers hardly notice. */
    private static final int ATTEMPTS = 15;

    private final PostgresUrl url;
    private final DataSource source;
    private final Schema schema;

    Migrator(PostgresUrl url, Schema schema) {
        this.url = url;
        this.source = url.configured(new MigrationSource());
        this.schema = schema;
    }

    /** Brings the schema to the newest version that this code knows; does nothing if somebody else just did. */
    void migrate() {
        for (int attempt = 1; ; attempt++) {
            try {
                migrateAlone();
                return;
            } catch (SQLException | FlywayException e) {
                SQLException cause = sqlCause(e);
                if (cause == null || !SqlFailure.isLock(cause) || attempt == ATTEMPTS) {
                    throw failed(e);
                }
                LOG.info("Migrating schema {} waits for other users of its tables attempt={}", schema.name(), attempt);
            }
        }
    }

    /**
     * Races with every other worker that starts now; the advisory lock decides, and whoever comes second finds nothing left to do. The
     * lock's transaction only waits: the migrations run on connections of their own.
     */
    private void migrateAlone() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT set_config('lock_timeout', '60s', true)");
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + " + hashtext('" + schema.name() + "'))");
            }
            if (!SchemaVersion.read(url, schema).isCurrent()) {
                int applied = flyway().migrate().migrationsExecuted;
                LOG.info("PostgreSQL schema migrated schema={} applied={}", schema.name(), applied);
            }
            connection.commit();
        }
    }

    private Flyway flyway() {
        return Flyway.configure(getClass().getClassLoader())
                .dataSource(source)
                .locations("classpath:io/romancy/postgres/migration")
                .schemas(schema.name())
                .defaultSchema(schema.name())
                .createSchemas(true)
                .table(HISTORY_TABLE)
                .placeholders(Map.of("schema", schema.quoted()))
                // Somebody else's tables in the schema are none of our business; ours have their own history.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private RomancyException failed(Exception e) {
        return new RomancyException(
                ErrorCode.MIGRATION_FAILED,
                "Schema '" + schema.name() + "' could not be brought to version " + SchemaVersion.KNOWN + ": "
                        + Objects.toString(e.getMessage(), e.toString()).strip()
                        + " Look at the first cause; a role without CREATE on the database needs the schema to be migrated"
                        + " by one that has it.",
                e);
    }

    private static @Nullable SQLException sqlCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
