package io.romancy.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A server in the hands of a test, and what can stand in front of it. */
class LocalServerTest {
    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = LocalServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsDataAndAddressOverEveryWayOfStopping() throws SQLException {
        try (PostgresDatabase database = server.server().createDatabase()) {
            execute(database.url(), "CREATE TABLE kept (n int)");
            for (StopMode mode : StopMode.values()) {
                execute(database.url(), "INSERT INTO kept VALUES (1)");
                Connection open = database.connect();

                server.restart(mode);

                assertThat(isAlive(open))
                        .as("a connection from before a %s stop", mode)
                        .isFalse();
            }
            assertThat(ask(database.url(), "SELECT count(*) FROM kept")).isEqualTo("2");
        }
    }

    @Test
    void aStandbyFollowsAndTakesOverWhenItIsPromoted() throws SQLException {
        try (PostgresDatabase database = server.server().createDatabase();
                LocalServer standby = server.standby()) {
            String there = standby.server().address().of(database.name()).url();
            execute(database.url(), "CREATE TABLE followed (n int)");
            until(there, "SELECT to_regclass('followed') IS NOT NULL", "t");
            assertThatThrownBy(() -> execute(there, "INSERT INTO followed VALUES (1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));

            standby.promote();

            execute(there, "INSERT INTO followed VALUES (1)");
            assertThat(ask(there, "SELECT count(*) FROM followed")).isEqualTo("1");
        }
    }

    @Test
    void terminatesSessionsByTheirName() throws SQLException {
        try (PostgresDatabase database = server.server().createDatabase();
                Connection meant = DriverManager.getConnection(database.url() + "&ApplicationName=meant-1");
                Connection other = DriverManager.getConnection(database.url() + "&ApplicationName=other")) {
            assertThat(database.terminate("meant-%")).isEqualTo(1);

            assertThat(isAlive(meant)).isFalse();
            assertThat(isAlive(other)).isTrue();
        }
    }

    @Test
    void aProxyLosesNotificationsAndNothingElse() throws SQLException {
        try (PostgresDatabase database = server.server().createDatabase();
                PostgresProxy proxy = PostgresProxy.inFrontOf(database);
                Connection listening = DriverManager.getConnection(proxy.url(database))) {
            execute(listening, "LISTEN heard");
            proxy.loseNotifications();
            execute(listening, "NOTIFY heard, 'lost'");
            assertThat(proxy.lostNotifications()).isEqualTo(1);

            proxy.passNotifications();
            execute(listening, "NOTIFY heard, 'passed'");

            var notifications = listening.unwrap(PGConnection.class).getNotifications(60_000);
            assertThat(notifications).extracting(each -> each.getParameter()).containsExactly("passed");
            assertThat(ask(listening, "SELECT repeat('x', 100000)")).hasSize(100_000);
        }
    }

    @Test
    void behindAPoolerByTransactionNobodyKeepsASession() throws SQLException {
        PgBouncer.assumeInstalled();
        try (PostgresDatabase database = server.server().createDatabase();
                PgBouncer pooler = PgBouncer.inFrontOf(server);
                Connection one = DriverManager.getConnection(pooler.url(database));
                Connection two = DriverManager.getConnection(pooler.url(database))) {
            one.setAutoCommit(false);
            String session = ask(one, "SELECT pg_backend_pid()");
            one.commit();

            assertThat(ask(two, "SELECT pg_backend_pid()")).isEqualTo(session);
        }
    }

    private static void until(String url, String question, String answer) throws SQLException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!answer.equals(askQuietly(url, question))) {
            assertThat(System.nanoTime()).as("%s within a minute", question).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** A standby does not know the database before it has followed. */
    private static String askQuietly(String url, String question) throws SQLException {
        try {
            return ask(url, question);
        } catch (SQLException e) {
            if ("3D000".equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    private static boolean isAlive(Connection connection) throws SQLException {
        return connection.isValid(10);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return ask(connection, sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
