package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.postgres.LogLines;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The threads of the listener go on whatever is thrown in them, and say nothing that is not proven. */
class ListenerEnduranceTest {
    private static final ListenTiming QUICK = new ListenTiming(
            Duration.ofMillis(300),
            Duration.ofSeconds(3),
            Duration.ofMillis(300),
            Duration.ofSeconds(7),
            Duration.ofMinutes(10),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final HeardEvents heard = new HeardEvents();
    private PostgresDatabase database;
    private PostgresProxy proxy;
    private HookedDataSource sending;
    private PostgresNotificationSource source;

    @BeforeEach
    void listen() throws Exception {
        database = PostgresServer.shared().createDatabase();
        proxy = PostgresProxy.inFrontOf(database);
        sending = new HookedDataSource(database.url());
        start(QUICK);
    }

    @AfterEach
    void stop() {
        source.close();
        proxy.close();
        database.close();
    }

    @Test
    void comesBackAfterALossThatCouldNotBeLogged() throws Exception {
        try (var log = new FailingLog(PostgresNotificationSource.class)) {
            proxy.network().cut();

            assertThat(heard.until("LIVE")).containsExactly("DOWN", "CONNECTING", "gap", "PROBING", "LIVE");
            log.awaitFailure();
        }
    }

    @Test
    void noticesSilenceAgainAfterOneThatCouldNotBeLogged() throws Exception {
        try (var log = new FailingLog(PostgresNotificationSource.class)) {
            proxy.loseNotifications();
            heard.until("DEGRADED");
            log.awaitFailure();
            proxy.passNotifications();
            assertThat(heard.until("LIVE")).containsExactly("gap", "LIVE");

            proxy.loseNotifications();

            assertThat(heard.until("DEGRADED")).containsExactly("DEGRADED");
        }
    }

    @Test
    void sendsEchoesAgainAfterOneWhoseFailureCouldNotBeLogged() throws Exception {
        try (var log = new FailingLog(Echo.class)) {
            sending.hook(method -> {
                throw new SQLException("as where the way is broken", "08006");
            });
            log.awaitFailure();
            heard.until("DEGRADED");

            sending.hook(method -> {});

            assertThat(heard.until("LIVE")).containsExactly("gap", "LIVE");
        }
    }

    @Test
    void anEchoThatComesTooLateProvesNothingAndIsNoSignOfAPooler() throws Exception {
        var entered = new Semaphore(0);
        var goOn = new Semaphore(0);
        try (var lines = new LogLines(PostgresNotificationSource.class)) {
            sending.hook(method -> {
                if (method.equals("prepareStatement")) {
                    entered.release();
                    goOn.acquire();
                }
            });
            heard.until("DEGRADED");
            awaitLine(lines, "the send of the echo has not returned");
            assertThat(lines.containing("pooler")).isEmpty();

            entered.acquire();
            goOn.release();
            entered.acquire(); // in the next echo: the late one has been sent
            notifyOnAnotherConnection("after the late echo");

            assertThat(heard.until("one=after the late echo")).hasSize(1);

            sending.hook(method -> {});
            goOn.release();
            assertThat(heard.until("LIVE")).containsExactly("gap", "LIVE");
        }
    }

    @Test
    void nobodyWatchesASessionThatIsGone() throws Exception {
        source.close();
        heard.until("CLOSED");
        var pause = Duration.ofMinutes(10);
        start(new ListenTiming(
                QUICK.echoInterval(),
                QUICK.echoTimeout(),
                QUICK.heartbeat(),
                QUICK.stall(),
                QUICK.hold(),
                pause,
                pause));
        proxy.network().refuse();
        proxy.network().cut();
        heard.until("DOWN");

        awaitWithoutTimeout("romancy-listen-watch");
        awaitWithoutTimeout("romancy-listen-echo");
    }

    private void start(ListenTiming timing) throws InterruptedException {
        var listening = new PGSimpleDataSource();
        listening.setURL(proxy.url(database));
        source = new PostgresNotificationSource(listening, sending, "test_", timing);
        source.start(Set.of("one"), heard);
        heard.until("LIVE");
    }

    private void notifyOnAnotherConnection(String payload) throws SQLException {
        try (Connection direct = database.connect();
                var statement = direct.createStatement()) {
            statement.execute("NOTIFY one, '" + payload + "'");
        }
    }

    private static void awaitLine(LogLines lines, String part) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (lines.containing(part).isEmpty()) {
            assertThat(System.nanoTime()).as("lines %s", lines.all()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Until the thread waits for an event, and not for the next look at the time. */
    private static void awaitWithoutTimeout(String name) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .noneMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            assertThat(System.nanoTime()).as(name).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
