package io.romancy.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The connections of one storage, in three pools, so that nobody can take what somebody else needs to live: transactions of the
 * application, the engine's work, and leases. All autocommit; nothing is left behind in a session.
 */
final class Pools implements AutoCloseable {
    /** Claim, two commits, dispatch, the look for results, and a few reads of long histories beside them: no number that callers decide. */
    private static final int ENGINE_CONNECTIONS = 8;

    private final HikariDataSource application;
    private final HikariDataSource engine;
    private final HikariDataSource lease;

    Pools(StorageSettings settings, StorageContext context) {
        var url = PostgresUrl.of(settings, context);
        application = open("romancy", url.configured(new PatientSource()), settings.poolSize());
        engine = open("romancy-engine", url.forEngine().toDataSource(), ENGINE_CONNECTIONS);
        lease = open("romancy-lease", url.forEngine().toDataSource(), 1);
    }

    /** Transactions of the application, and its queries, from as many threads as it has. */
    HikariDataSource application() {
        return application;
    }

    /** Claims, commits, dispatch, results. */
    HikariDataSource engine() {
        return engine;
    }

    /** Leases only: they must not queue behind anything. */
    HikariDataSource lease() {
        return lease;
    }

    @Override
    public void close() {
        application.close();
        engine.close();
        lease.close();
    }

    private static HikariDataSource open(String name, DataSource source, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        if (size > 1) {
            config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        }
        // What every statement here is written for. Besides, a pool that has to find out the default, and loses its
        // first
        // connection meanwhile, asks for a level that does not exist from then on, and never connects again.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        // The first connection was tried, and its failure explained, before the pools are made.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
