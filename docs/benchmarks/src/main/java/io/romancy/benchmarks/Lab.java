package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one benchmark works with: an empty database, another to look from, and its size. Closing drops both databases. */
final class Lab implements AutoCloseable {
    /** For a call that takes milliseconds: whoever waits longer has found a bug. */
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Scale scale;
    private final PostgresDatabase database;
    private final PostgresDatabase outlook;
    private final String subject;

    /**
     * @param subject the URL of another storage to measure instead of the PostgreSQL; null for that
     */
    Lab(PostgresServer server, @Nullable String subject, Scale scale) {
        this.scale = scale;
        this.database = server.createDatabase();
        this.outlook = server.createDatabase();
        this.subject = subject == null ? database.url() : subject;
    }

    Scale scale() {
        return scale;
    }

    /** The database of the baseline, and of Romancy too unless another storage is measured. */
    PostgresDatabase database() {
        return database;
    }

    /** A connection to another database of the same server: what is asked there does not count here. */
    Connection observe() throws SQLException {
        return outlook.connect();
    }

    /** Where Romancy keeps its state. */
    String url() {
        return subject;
    }

    /** An engine with every option at its default. */
    RomancyBuilder engine() {
        return engine(subject, scale.lease());
    }

    /** The same in a process that was only told where and how. */
    static RomancyBuilder engine(String url, Duration lease) {
        return Romancy.builder().database(url).leaseDuration(lease).leaseRenewal(lease.dividedBy(3));
    }

    @Override
    public void close() {
        database.close();
        outlook.close();
    }
}
