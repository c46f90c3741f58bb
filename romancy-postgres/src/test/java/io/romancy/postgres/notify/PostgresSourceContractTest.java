package io.romancy.postgres.notify;

import io.romancy.spi.notification.NotificationSource;
import io.romancy.testkit.contract.NotificationSourceContract;
import io.romancy.testkit.contract.SourceUnderTest;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresSourceContractTest extends NotificationSourceContract {
    /** It comes back in milliseconds, and is not taken for dead on a machine that is busy. */
    private static final ListenTiming TIMING = new ListenTiming(
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    @Override
    protected SourceUnderTest openSources() {
        return new OnDatabase(PostgresServer.shared().createDatabase());
    }

    private record OnDatabase(PostgresDatabase database) implements SourceUnderTest {
        @Override
        public NotificationSource open() {
            var dataSource = new PGSimpleDataSource();
            dataSource.setURL(database.url());
            return new PostgresNotificationSource(dataSource, dataSource, "test_", TIMING);
        }

        @Override
        public boolean cut() throws SQLException {
            try (Connection connection = database.connect()) {
                connection
                        .createStatement()
                        .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            return true;
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
