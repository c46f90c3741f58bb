package io.romancy.postgres;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.SQLException;

/** Lets a worker in if the schema fits it, after bringing the schema up to date if it may. */
final class SchemaGate {
    private final PostgresUrl url;
    private final Schema schema;
    private final StorageSettings settings;

    SchemaGate(PostgresUrl url, Schema schema, StorageSettings settings) {
        this.url = url;
        this.schema = schema;
        this.settings = settings;
    }

    void pass() {
        SchemaVersion version = read();
        if (!version.isCurrent()) {
            if (!settings.autoMigrate()) {
                throw tooOld(version);
            }
            new Migrator(url, schema).migrate();
            version = read();
            if (!version.isCurrent()) {
                throw incomplete();
            }
        }
        if (version.isTooNew()) {
            throw tooNew(version);
        }
        new ClusterIdentity(url, schema).check(version);
    }

    private SchemaVersion read() {
        try {
            return SchemaVersion.read(url, schema);
        } catch (SQLException e) {
            throw SqlFailure.of("Reading the version of schema '" + schema.name() + "'", e);
        }
    }

    private RomancyException tooOld(SchemaVersion version) {
        String found = version.found() == 0 ? "is not there" : "has version " + version.found();
        return new RomancyException(
                ErrorCode.SCHEMA_TOO_OLD,
                "Schema '" + schema.name() + "' at " + settings.maskedUrl() + " " + found
                        + ", and this release needs version "
                        + SchemaVersion.KNOWN + ", but autoMigrate is false. Set autoMigrate to true, or apply the"
                        + " migrations of romancy-postgres before the start.");
    }

    /** Flyway found nothing to do, and yet it is not done: somebody dropped tables, or restored some without the others. */
    private RomancyException incomplete() {
        return new RomancyException(
                ErrorCode.MIGRATION_FAILED,
                "Schema '" + schema.name() + "' at " + settings.maskedUrl() + " has a history that says version "
                        + SchemaVersion.KNOWN
                        + ", but tables are missing. Restore them from a backup. If none of them is"
                        + " to be kept, drop the schema and start again. If you migrate yourself beside tables of your own,"
                        + " take baselineVersion 0, or Flyway leaves our first version out.");
    }

    private RomancyException tooNew(SchemaVersion version) {
        return new RomancyException(
                ErrorCode.SCHEMA_TOO_NEW,
                "Schema '" + schema.name() + "' at " + settings.maskedUrl() + " has version " + version.found()
                        + " and needs an engine that knows at least version " + version.minEngine()
                        + "; this release knows version " + SchemaVersion.KNOWN + ". Start a newer release.");
    }
}
