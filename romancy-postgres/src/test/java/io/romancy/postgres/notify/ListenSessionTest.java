package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A listening session hands over what came, and goes on, however much more there is. */
class ListenSessionTest {
    private static final int BURST = 100_000;

    @Test
    void aBurstComesInTurnsThatFitIntoMemory() throws Exception {
        try (var database = PostgresServer.shared().createDatabase();
                var sender = database.connect();
                var notify = sender.createStatement()) {
            var source = new PGSimpleDataSource();
            source.setURL(database.url());
            source.setProperty("socketFactory", PeekSocketFactory.class.getName());
            try (var session = ListenSession.open(source, Set.of("burst"), Duration.ofSeconds(30))) {
                notify.execute(
                        "SELECT count(pg_notify('burst', 'key-' || i)) FROM generate_series(1, " + BURST + ") i");

                int all = 0;
                int largest = 0;
                while (all < BURST) {
                    int turn = session.await(Duration.ofSeconds(60)).length;
                    assertThat(turn).as("came after %d", all).isPositive();
                    all += turn;
                    largest = Math.max(largest, turn);
                }

                assertThat(all).isEqualTo(BURST);
                // a notification of this burst has some 25 bytes on the wire
                assertThat(largest).isLessThan((int) PeekSocketFactory.BYTES_IN_TURN / 20);
                assertThat(session.heartbeat()).isEqualTo(ListenSession.Heartbeat.OURS);
            }
        }
    }

    @Test
    void aSessionThatHearsOnlySomeOfItsChannelsIsLost() throws Exception {
        try (var database = PostgresServer.shared().createDatabase()) {
            var source = new KeptConnection(database.url());
            try (var session = ListenSession.open(source, Set.of("one", "Two"), Duration.ofSeconds(30))) {
                assertThat(session.heartbeat()).isEqualTo(ListenSession.Heartbeat.OURS);

                source.execute("UNLISTEN one");

                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(session::heartbeat)
                        .returns("08006", SQLException::getSQLState)
                        .withMessageContaining("1 of 2 channels");
            }
        }
    }

    @Test
    void aSessionInATransactionIsRefusedBecauseItWouldHearNothing() throws Exception {
        try (var database = PostgresServer.shared().createDatabase()) {
            var source = new KeptConnection(database.url());
            try (var session = ListenSession.open(source, Set.of("one"), Duration.ofSeconds(30))) {
                assertThat(session.await(Duration.ofMillis(1))).isEmpty();

                source.kept().setAutoCommit(false);

                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> session.await(Duration.ofMillis(1)))
                        .returns("25001", SQLException::getSQLState);
            }
        }
    }

    /** Does to a session's connection what a pooler or a wrapper may do to it. */
    private static final class KeptConnection extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        private transient @Nullable Connection kept;

        KeptConnection(String url) {
            setURL(url);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            kept = super.getConnection(user, password);
            return kept;
        }

        Connection kept() {
            return Objects.requireNonNull(kept);
        }

        void execute(String sql) throws SQLException {
            try (var statement = kept().createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
