package io.romancy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How the schema in the database stands to this code.
 *
 * @param found the newest migration that was applied; 0 if the schema is not there
 * @param minEngine engines that know less than this version must not use it
 * @param cluster the cluster whose transaction ids are stored; null if none has claimed the schema yet
 */
record SchemaVersion(int found, int minEngine, @Nullable Long cluster) {
    /** The newest migration that this code knows. */
    static final int KNOWN = 1;

    private static final SchemaVersion NONE = new SchemaVersion(0, 0, null);

    /** One SELECT. Everything is there in every start but the first. */
    static SchemaVersion read(PostgresUrl url, Schema schema) throws SQLException {
        try (Connection connection = url.toDataSource().getConnection()) {
            return read(connection, schema);
        }
    }

    static SchemaVersion read(Connection connection, Schema schema) throws SQLException {
        String sql = "SELECT (SELECT max(version::integer) FROM " + schema.quoted() + "." + Migrator.HISTORY_TABLE
                + " WHERE success), min_engine, system_identifier FROM " + schema.quoted() + ".meta WHERE one";
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new SchemaVersion(row.getInt(1), row.getInt(2), row.getObject(3, Long.class));
        } catch (SQLException e) {
            if (SqlFailure.isMissing(e)) {
                return NONE;
            }
            throw e;
        }
    }

    boolean isCurrent() {
        return found >= KNOWN;
    }

    /** A schema that a later release migrated further can still be used while it says so. */
    boolean isTooNew() {
        return found > KNOWN && minEngine > KNOWN;
    }
}
