package io.romancy.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds out whether another connection leads to the database of this storage: it must see a lock that is taken here. Names say nothing,
 * since a pooler may have its own for databases and hosts, and the server's identity is not for every role to read.
 */
final class SameDatabase {
    /** The two halves of the key as the view shows them; the lock ends with its transaction, behind any pooler. */
    private static final String SEES = """
            SELECT EXISTS (
                SELECT FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = ? AND objid = ?
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""";

    private SameDatabase() {}

    static boolean seen(Database here, Connection other) {
        int one = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        int two = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        return here.transaction("Asking whether the datasource is of this database", connection -> {
            try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
                lock.setInt(1, one);
                lock.setInt(2, two);
                lock.execute();
            }
            return sees(other, one, two);
        });
    }

    private static boolean sees(Connection connection, int one, int two) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return false;
        }
        try (PreparedStatement query = connection.prepareStatement(SEES)) {
            query.setInt(1, one);
            query.setInt(2, two);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
