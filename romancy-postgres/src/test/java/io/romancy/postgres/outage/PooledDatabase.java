package io.romancy.postgres.outage;

import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PgBouncer;
import io.romancy.testkit.postgres.PostgresDatabase;

/** A database on a server of its own, and a PgBouncer in front that pools by transaction. */
record PooledDatabase(LocalServer server, PgBouncer pooler, PostgresDatabase database) implements AutoCloseable {
    /** Skips the test where there is no PgBouncer, or fails it where none may be missing. */
    static PooledDatabase start() {
        PgBouncer.assumeInstalled();
        LocalServer server = LocalServer.start();
        return new PooledDatabase(
                server, PgBouncer.inFrontOf(server), server.server().createDatabase());
    }

    /** Through the pooler. */
    String url() {
        return pooler.url(database);
    }

    /** Past it, as who listens needs it. */
    String directUrl() {
        return database.url();
    }

    @Override
    public void close() {
        pooler.close();
        server.close();
    }
}
