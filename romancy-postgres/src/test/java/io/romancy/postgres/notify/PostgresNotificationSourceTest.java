package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.postgres.LogLines;
import io.romancy.postgres.ReconnectDelays;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** LISTEN and NOTIFY on a real server, and what becomes of the source when its connection dies. */
class PostgresNotificationSourceTest {
    private static final ListenTiming QUICK = new ListenTiming(
            Duration.ofMillis(400),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofSeconds(7),
            Duration.ofSeconds(30),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    /** What may pass between an event and the test that waits for it. */
    private static final Duration IN_FLIGHT = Duration.ofMillis(100);

    private final List<PostgresNotificationSource> sources = new ArrayList<>();
    private PostgresDatabase database;
    private final HeardEvents heard = new HeardEvents();

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        sources.forEach(PostgresNotificationSource::close);
        database.close();
    }

    @Test
    void beginsWithAGapAndIsLiveOnceAnEchoCameBack() throws Exception {
        var source = started(database, database);

        assertThat(heard.until("LIVE")).containsExactly("gap", "PROBING", "LIVE");
        assertThat(source.state()).isEqualTo(SourceState.LIVE);
    }

    @Test
    void bringsWhatIsSentInOrderAndNothingOfOtherChannels() throws Exception {
        var source = started(database, database);
        heard.until("LIVE");

        source.send(List.of(
                new Notification("one", "{\"a\":1}"), new Notification("unknown", "x"), new Notification("two", "{}")));

        assertThat(heard.until("two={}")).containsExactly("one={\"a\":1}", "two={}");
    }

    @Test
    void reconnectsWithAGapWhenItsBackendIsTerminated() throws Exception {
        var source = started(database, database);
        heard.until("LIVE");

        terminateListeners();

        assertThat(heard.until("LIVE")).containsExactly("DOWN", "CONNECTING", "gap", "PROBING", "LIVE");
        source.send(List.of(new Notification("one", "again")));
        assertThat(heard.until("one=again")).containsExactly("one=again");
    }

    @Test
    void isDegradedWhereWhatIsSentDoesNotArrive() throws Exception {
        try (PostgresDatabase elsewhere = PostgresServer.shared().createDatabase()) {
            var source = started(database, elsewhere);

            assertThat(heard.until("DEGRADED")).containsExactly("gap", "PROBING", "DEGRADED");
            assertThat(source.state()).isEqualTo(SourceState.DEGRADED);
            source.close();
        }
    }

    @Test
    void isLiveAgainWithAGapOnceEchoesArrive() throws Exception {
        try (PostgresDatabase elsewhere = PostgresServer.shared().createDatabase()) {
            var way = new SwitchedDataSource(dataSource(elsewhere));
            var source = started(dataSource(database), way);
            heard.until("DEGRADED");

            way.switchTo(dataSource(database));
            terminateAll(elsewhere);

            assertThat(heard.until("LIVE")).containsExactly("gap", "LIVE");
            source.close();
        }
    }

    @Test
    void goesOnTryingWhereNobodyListens() throws Exception {
        var nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://localhost:1/none");
        var source = started(nowhere, dataSource(database));

        heard.until("DOWN");
        heard.until("DOWN");

        assertThat(source.state()).isIn(SourceState.DOWN, SourceState.CONNECTING);
        source.close();
        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
    }

    @Test
    void saysOfADatabaseWithoutListenThatPollingDoesTheWorkAndAsksItSeldom() throws Exception {
        var without = new NoListenDataSource();
        without.setURL(database.url());
        var way = new SwitchedDataSource(without);
        try (var lines = new LogLines(PostgresNotificationSource.class)) {
            var source = started(way, dataSource(database));
            heard.until("DOWN");
            long begin = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(heard.until("DOWN")).containsExactly("CONNECTING", "DOWN");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("three pauses, each the longest but for a tenth")
                    .isGreaterThan(
                            QUICK.maxDelay().multipliedBy(3 * 9).dividedBy(10).minus(IN_FLIGHT));
            assertThat(heard.lastReason()).contains("0A000", "this database has no LISTEN", "polling does the work");
            assertThat(lines.all()).singleElement().asString().startsWith("WARN This database has no LISTEN/NOTIFY");

            way.switchTo(dataSource(database));
            assertThat(heard.until("LIVE")).endsWith("gap", "PROBING", "LIVE");
            assertThat(source.state()).isEqualTo(SourceState.LIVE);
        }
    }

    @Test
    void waitsLongerAfterEachLossUntilItWasLiveForAWhile() throws Exception {
        assertThat(delaysOfLossesRightAfterLive(QUICK, 10)).anyMatch(delay -> delay.compareTo(QUICK.firstDelay()) > 0);
    }

    @Test
    void waitsForTheShortestTimeAfterALossOnceItWasLiveForAWhile() throws Exception {
        var holdsAtOnce = new ListenTiming(
                QUICK.echoInterval(),
                QUICK.echoTimeout(),
                QUICK.heartbeat(),
                QUICK.stall(),
                Duration.ofNanos(1),
                QUICK.firstDelay(),
                QUICK.maxDelay());

        assertThat(delaysOfLossesRightAfterLive(holdsAtOnce, 6))
                .allMatch(delay -> delay.compareTo(QUICK.firstDelay()) <= 0);
    }

    @Test
    void sendsWithoutListening() throws Exception {
        started(database, database);
        heard.until("LIVE");
        try (var sender = source(dataSource(database), dataSource(database))) {
            sender.send(List.of(new Notification("one", "from a sender")));
        }

        assertThat(heard.until("one=from a sender")).hasSize(1);
    }

    @Test
    void sendsOnANewConnectionWhenTheOldOneDied() throws Exception {
        var source = started(database, database);
        heard.until("LIVE");
        source.send(List.of(new Notification("one", "first")));
        heard.until("one=first");

        terminateAll(database);
        heard.until("LIVE");
        source.send(List.of(new Notification("one", "second")));

        assertThat(heard.until("one=second")).contains("one=second");
    }

    @Test
    void refusesToSendWhatIsTooLongForTheServer() {
        var source = source(dataSource(database), dataSource(database));

        assertThatThrownBy(() -> source.send(List.of(new Notification("one", "x".repeat(9_000)))))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTIFICATION_FAILED));
    }

    @Test
    void callsNobodyAfterTheClose() throws Exception {
        var source = started(database, database);
        heard.until("LIVE");
        source.close();
        source.close();
        boolean quiet = heard.isEmpty();

        try (Connection connection = database.connect()) {
            connection.createStatement().execute("NOTIFY one");
        }

        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
        assertThat(heard.isEmpty()).isEqualTo(quiet);
        assertThatThrownBy(() -> source.send(List.of(new Notification("one", "late"))))
                .isInstanceOf(RomancyException.class);
    }

    private List<Duration> delaysOfLossesRightAfterLive(ListenTiming timing, int losses) throws Exception {
        var source = new PostgresNotificationSource(dataSource(database), dataSource(database), "test_", timing);
        sources.add(source);
        try (var delays = new ReconnectDelays()) {
            source.start(Set.of("one"), heard);
            for (int i = 0; i < losses; i++) {
                heard.until("LIVE");
                terminateListeners();
                heard.until("DOWN");
            }
            return delays.atLeast(losses);
        }
    }

    private PostgresNotificationSource started(PostgresDatabase listening, PostgresDatabase sending) {
        return started(dataSource(listening), dataSource(sending));
    }

    private PostgresNotificationSource started(javax.sql.DataSource listening, javax.sql.DataSource sending) {
        var source = source(listening, sending);
        source.start(Set.of("one", "two"), heard);
        return source;
    }

    private PostgresNotificationSource source(javax.sql.DataSource listening, javax.sql.DataSource sending) {
        var source = new PostgresNotificationSource(listening, sending, "test_", QUICK);
        sources.add(source);
        return source;
    }

    private void terminateListeners() throws SQLException {
        terminate(database, "query LIKE '%pg_listening_channels%' OR query LIKE 'LISTEN%'");
    }

    private static void terminateAll(PostgresDatabase where) throws SQLException {
        terminate(where, "true");
    }

    private static void terminate(PostgresDatabase where, String which) throws SQLException {
        try (Connection connection = where.connect()) {
            connection
                    .createStatement()
                    .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid() AND (" + which + ")");
        }
    }

    private static PGSimpleDataSource dataSource(PostgresDatabase of) {
        var source = new PGSimpleDataSource();
        source.setURL(of.url());
        return source;
    }
}
