package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.postgres.ReconnectDelays;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.net.Direction;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of the listener when the network between it and the server breaks in ways that nobody tells it. */
class ListenNetworkTest {
    /** A third of the usual times and less, in the same proportions. */
    private static final ListenTiming QUICK = new ListenTiming(
            Duration.ofMillis(300),
            Duration.ofMillis(1_500),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    /** Far below what the system itself would take to notice: minutes or hours. And far above the times of the listener. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** So many that pauses which do not grow cannot be had by chance. */
    private static final int LOSSES = 10;

    private final HeardEvents heard = new HeardEvents();
    private PostgresDatabase database;
    private PostgresProxy proxy;
    private PostgresNotificationSource source;

    @BeforeEach
    void listen() throws Exception {
        database = PostgresServer.shared().createDatabase();
        proxy = PostgresProxy.inFrontOf(database);
        source = new PostgresNotificationSource(
                dataSource(proxy.url(database)), dataSource(database.url()), "test_", QUICK);
        source.start(Set.of("one"), heard);
        heard.until("LIVE");
    }

    @AfterEach
    void stop() {
        source.close();
        proxy.close();
        database.close();
    }

    @Test
    void isDegradedWhenItsNotificationsAreLostAndLiveWithAGapWhenTheyArriveAgain() throws Exception {
        proxy.loseNotifications();
        assertThat(heard.until("DEGRADED")).containsExactly("DEGRADED");
        assertThat(proxy.lostNotifications()).isPositive();

        proxy.passNotifications();

        assertThat(heard.until("LIVE")).containsExactly("gap", "LIVE");
        assertThat(source.stats().epoch()).as("the same connection").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void noticesASilentConnectionWhicheverDirectionIsDead(Direction direction) throws Exception {
        long begin = System.nanoTime();
        proxy.network().stall(direction);

        assertThat(heard.until("DOWN")).endsWith("DOWN");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);

        proxy.network().heal();
        comesBack();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void noticesAHalfOpenConnectionWhicheverEndIsGone(Direction gone) throws Exception {
        long begin = System.nanoTime();
        proxy.network().halfOpen(gone);

        assertThat(heard.until("DOWN")).endsWith("DOWN");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
        comesBack();
    }

    @Test
    void isDownAtOnceWhenTheConnectionIsReset() throws Exception {
        proxy.network().cut();

        assertThat(heard.until("DOWN")).containsExactly("DOWN");
        comesBack();
    }

    @Test
    void freesAReaderThatIsStuckInsideAMessage() throws Exception {
        stallInsideANotification();

        assertThat(heard.until("DOWN")).endsWith("DOWN");
        proxy.network().heal();
        comesBack();
    }

    @Test
    void noticesAStallAlsoWhileItsOwnSendsStandStill() throws Exception {
        source.close();
        source = new PostgresNotificationSource(
                dataSource(proxy.url(database)), dataSource(proxy.url(database)), "test_", QUICK);
        source.start(Set.of("one"), heard);
        heard.until("LIVE");
        long begin = System.nanoTime();
        proxy.network().stall(Direction.TO_SERVER);
        stallInsideANotification();

        heard.until("DOWN");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("a send waits ten seconds for its answer, and the watch must not wait with it")
                .isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void leavesNoThreadsBehindWhateverBrokeItsConnections() throws Exception {
        List<String> before = threads();
        for (int i = 0; i < 3; i++) {
            stallInsideANotification();
            heard.until("DOWN");
            proxy.network().heal();
            heard.until("LIVE");
            proxy.network().halfOpen(Direction.TO_SERVER);
            heard.until("DOWN");
            heard.until("LIVE");
        }
        awaitThreads(before);

        source.close();
        boolean isQuiet = heard.isEmpty();

        awaitThreads(List.of());
        assertThat(heard.isEmpty()).as("no callback after the close").isEqualTo(isQuiet);
    }

    @Test
    void closesInBoundedTimeWhileItsConnectionsHang() throws Exception {
        proxy.network().stall(Direction.TO_CLIENT);
        proxy.network().stall(Direction.TO_SERVER);
        proxy.network().halfOpen(Direction.TO_SERVER);
        heard.until("DOWN");
        proxy.network().awaitAccepted(2, Duration.ofSeconds(60));

        long begin = System.nanoTime();
        source.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
        awaitThreads(List.of());
    }

    @Test
    void triesLessAndLessOftenWhereNobodyAnswersAndForeverAllTheSame() throws Exception {
        try (var delays = new ReconnectDelays()) {
            long begin = System.nanoTime();
            proxy.network().refuse();
            proxy.network().cut();
            for (int i = 0; i < LOSSES; i++) {
                heard.until("DOWN");
            }
            var took = Duration.ofNanos(System.nanoTime() - begin);

            var told = delays.atLeast(LOSSES);
            assertThat(told)
                    .as("pauses at random, whose limits grow")
                    .anyMatch(delay -> delay.compareTo(QUICK.firstDelay()) > 0)
                    .allMatch(delay -> delay.compareTo(QUICK.maxDelay()) <= 0);
            assertThat(told.subList(0, LOSSES - 1).stream().reduce(Duration.ZERO, Duration::plus))
                    .as("it waited as long as it told")
                    .isLessThanOrEqualTo(took);
            assertThat(source.stats().losses()).isGreaterThanOrEqualTo(LOSSES);
        }
        proxy.network().heal();
        comesBack();
    }

    @Test
    void measuresItsEchoes() {
        var stats = source.stats();

        assertThat(stats.epoch()).isEqualTo(1);
        assertThat(stats.losses()).isZero();
        assertThat(stats.echoesHeard()).isBetween(1L, stats.echoesSent());
        assertThat(stats.echoLatency()).isBetween(Duration.ZERO, BOUND);
    }

    /** With a gap first, and able to hear. */
    private void comesBack() throws Exception {
        assertThat(heard.until("LIVE")).containsSubsequence("CONNECTING", "gap", "PROBING", "LIVE");
        source.send(List.of(new Notification("one", "back")));
        assertThat(heard.until("one=back")).endsWith("one=back");
        assertThat(source.state()).isEqualTo(SourceState.LIVE);
    }

    private void stallInsideANotification() throws SQLException {
        proxy.network().stallAfter(Direction.TO_CLIENT, 3);
        try (Connection direct = database.connect();
                var statement = direct.createStatement()) {
            statement.execute("NOTIFY one, '" + "x".repeat(5_000) + "'");
        }
    }

    /** The threads of listeners, and those in which the driver connects. */
    private static List<String> threads() {
        return Stream.of(allThreads())
                .filter(thread -> thread != null && thread.isAlive())
                .map(Thread::getName)
                .filter(name -> name.startsWith("romancy-listen")
                        || name.startsWith("romancy-notifications")
                        || name.startsWith("PostgreSQL JDBC driver connection"))
                .sorted()
                .toList();
    }

    private static Thread[] allThreads() {
        return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
    }

    private static void awaitThreads(List<String> expected) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!threads().equals(expected)) {
            assertThat(System.nanoTime())
                    .as("threads %s, not %s", threads(), expected)
                    .isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static PGSimpleDataSource dataSource(String url) {
        var source = new PGSimpleDataSource();
        source.setURL(url + "&socketTimeout=2&loginTimeout=5");
        return source;
    }
}
