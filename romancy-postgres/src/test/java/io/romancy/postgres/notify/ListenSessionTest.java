package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.postgres.PostgresServer;
import java.time.Duration;
import java.util.Set;
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
}
