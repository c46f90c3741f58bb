package io.romancy.sqlite;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a file to the schema that this version works with, or says why it cannot be used. */
final class Schema {
    /** The number of the newest file in the migration folder. */
    static final int CURRENT = 1;

    /** Another migrator may come between what Flyway looks at and what it does. One try later it finds the work done. */
    private static final int ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String EXISTS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'romancy_meta'";
    private static final String VERSION = "SELECT schema_version, min_engine FROM romancy_meta";

    private final DatabaseFile file;
    private final Failures failures;

    Schema(DatabaseFile file, Failures failures) {
        this.file = file;
        this.failures = failures;
    }

    /** What a file says of itself. */
    private record Version(int schema, int minEngine) {}

    /** Costs two small reads when the schema is current. Safe while other threads and processes do the same. */
    void ensure(Session session, Migrator migrator, boolean autoMigrate) throws SQLException {
        Version found = read(session);
        requireKnown(found);
        if (isCurrent(found)) {
            return;
        }
        if (!autoMigrate) {
            throw tooOld(found);
        }
        for (int attempt = 1; !isCurrent(read(session)); attempt++) {
            if (attempt > ATTEMPTS) {
                throw incomplete();
            }
            try {
                migrator.migrate();
            } catch (FlywayException e) {
                failOnFile(e);
                if (attempt == ATTEMPTS) {
                    throw failed(e);
                }
            }
        }
        requireKnown(read(session));
        LOG.info("SQLite schema is at version {} file={}", CURRENT, file.path());
    }

    RomancyException tooOld(@Nullable Object found) {
        return new RomancyException(
                ErrorCode.SCHEMA_TOO_OLD,
                "SQLite file '" + file.path() + "' "
                        + (found instanceof Version version
                                ? "has schema version " + version.schema()
                                : "has no schema")
                        + ", and this version of Romancy works with " + CURRENT
                        + ". Start once with autoMigrate=true, or apply the migrations of romancy-sqlite.");
    }

    private static @Nullable Version read(Session session) throws SQLException {
        return session.exists(EXISTS) ? session.first(VERSION, row -> new Version(row.getInt(1), row.getInt(2))) : null;
    }

    private static boolean isCurrent(@Nullable Version found) {
        return found != null && found.schema() >= CURRENT;
    }

    private void requireKnown(@Nullable Version found) {
        if (found != null && found.minEngine() > CURRENT) {
            throw new RomancyException(
                    ErrorCode.SCHEMA_TOO_NEW,
                    "SQLite file '" + file.path() + "' has schema version " + found.schema()
                            + ", which needs an engine that knows version " + found.minEngine()
                            + "; this one knows " + CURRENT + ". Use a newer version of Romancy.");
        }
    }

    /** A file that is busy, full or damaged says so itself, and no further attempt helps. */
    private void failOnFile(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                StorageException failure = failures.of(sql);
                if (failure.code() == ErrorCode.STORAGE_FILE || failure.code() == ErrorCode.STORAGE_BUSY) {
                    throw failure;
                }
            }
        }
    }

    /** Flyway found nothing to do, and yet it is not done: somebody dropped tables, or copied some without the others. */
    private RomancyException incomplete() {
        return new RomancyException(
                ErrorCode.MIGRATION_FAILED,
                "SQLite file '" + file.path() + "' has a history that says version " + CURRENT
                        + ", but tables are missing."
                        + " Restore the file from a backup. If none of its tables is to be kept, drop all that begin with"
                        + " romancy_ and start again. If you migrate yourself beside tables of your own, take"
                        + " baselineVersion 0, or Flyway leaves our first version out.");
    }

    private RomancyException failed(RuntimeException cause) {
        return new RomancyException(
                ErrorCode.MIGRATION_FAILED,
                "SQLite file '" + file.path() + "' could not be brought to schema version " + CURRENT + ": "
                        + cause.getMessage() + ". Nothing of the failed migration was kept; see the cause.",
                cause);
    }
}
