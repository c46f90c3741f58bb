package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in transactions of the application, against those who would take their run away. */
class JoinedStepRacesTest extends RaceTest {
    private static final Route ROUTE = new Route("race", 1);

    @BeforeEach
    void openAccount() throws SQLException {
        gate.execute("CREATE TABLE account (balance integer)");
        gate.execute("INSERT INTO account VALUES (0)");
        gate.open();
    }

    @Test
    void aStepThatWaitedForATakeOverIsFencedAndItsRowsAreRolledBack() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET fence = fence + 1");
        Future<CommitResult> step = inBackground(() -> charge(claim, "READ COMMITTED"));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(step)).isEqualTo(new CommitResult.Fenced());
        assertThat(balance()).isZero();
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isZero();
    }

    @Test
    void aStepThatWaitedForAnEventIsTakenAndHearsOfIt() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET wake = wake + 1");
        Future<CommitResult> step = inBackground(() -> charge(claim, "READ COMMITTED"));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(step))
                .isInstanceOfSatisfying(
                        CommitResult.Taken.class,
                        taken -> assertThat(taken.wake()).isEqualTo(claim.wake() + 1));
        assertThat(balance()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void aRunThatMovedSinceTheSnapshotCanBeTriedAgainFromTheStart(String isolation) throws Exception {
        Claim claim = worker.born("r", ROUTE);

        assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                    Connection connection = transaction.unwrap(Connection.class);
                    execute(connection, "SET TRANSACTION ISOLATION LEVEL " + isolation);
                    execute(connection, "UPDATE account SET balance = balance + 1");
                    gate.execute("UPDATE romancy.run SET wake = wake + 1");
                    gate.open();
                    return storage.runs().commit(transaction, List.of(Actors.appending(claim, 0)));
                }))
                .isInstanceOfSatisfying(StorageException.class, e -> {
                    assertThat(e.isTransient()).isTrue();
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_BUSY);
                });

        assertThat(balance()).isZero();
        assertThat(charge(claim, isolation)).isInstanceOf(CommitResult.Taken.class);
        assertThat(balance()).isEqualTo(1);
    }

    @Test
    void aStepWhoseConnectionDiesBeforeItsCommitLeavesNothing() throws Exception {
        Claim claim = worker.born("r", ROUTE);

        assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                    Connection connection = transaction.unwrap(Connection.class);
                    execute(connection, "UPDATE account SET balance = balance + 1");
                    var answers = storage.runs().commit(transaction, List.of(Actors.appending(claim, 0)));
                    gate.number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND state = 'idle in transaction'"
                            + " AND application_name LIKE 'romancy%'");
                    return answers;
                }))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());

        assertThat(balance()).isZero();
        assertThat(worker.append(claim, 0)).isInstanceOf(CommitResult.Taken.class);
    }

    @Test
    void aReaperSkipsARunWhoseStepIsAboutToBeCommitted() throws Exception {
        Claim claim = worker.born("r", ROUTE);

        storage.inTransaction(transaction -> {
            var answers = storage.runs().commit(transaction, List.of(Actors.appending(claim, 0)));
            assertThat(answers).hasOnlyElementsOfType(CommitResult.Taken.class);
            storage.nodes().leave(worker.node());
            assertThat(storage.nodes().reap(10).runs()).isZero();
            return answers;
        });

        assertThat(storage.nodes().reap(10).runs()).isEqualTo(1);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 30s", "1h, 30s", "30s, 30s", "1500ms, 1500ms", "5s, 5s"})
    void aSessionThatFallsSilentBeforeItsCommitIsEndedSoon(String ofTheApplication, String limit) throws Exception {
        Claim claim = worker.born("r", ROUTE);

        String inForce = storage.inTransaction(transaction -> {
            Connection connection = transaction.unwrap(Connection.class);
            execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '" + ofTheApplication + "'");
            storage.runs().commit(transaction, List.of(Actors.appending(claim, 0)));
            return silence(connection);
        });

        assertThat(inForce).isEqualTo(limit);
        assertThat(storage.<String>inTransaction(transaction -> silence(transaction.unwrap(Connection.class))))
                .isEqualTo("0");
    }

    @Test
    void aStepWhoseSessionWasEndedForItsSilenceLeavesNothing() throws Exception {
        Claim claim = worker.born("r", ROUTE);

        assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                    Connection connection = transaction.unwrap(Connection.class);
                    execute(connection, "UPDATE account SET balance = balance + 1");
                    execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '50ms'");
                    var answers = storage.runs().commit(transaction, List.of(Actors.appending(claim, 0)));
                    gate.awaitTrue("SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state = 'idle in transaction' AND application_name LIKE 'romancy%'");
                    return answers;
                }))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());

        assertThat(balance()).isZero();
        assertThat(worker.append(claim, 0)).isInstanceOf(CommitResult.Taken.class);
    }

    /** What an application's transaction costs more than its own statements. */
    @Test
    void recordingAStepIsOneStatement() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        var counted = new CountedStatements();

        storage.inTransaction(
                transaction -> storage.runs().commit(counted.around(transaction), List.of(Actors.appending(claim, 0))));

        assertThat(counted.texts()).hasSize(1);
    }

    private CommitResult charge(Claim claim, String isolation) throws Exception {
        return storage.inTransaction(transaction -> {
            Connection connection = transaction.unwrap(Connection.class);
            execute(connection, "SET TRANSACTION ISOLATION LEVEL " + isolation);
            execute(connection, "UPDATE account SET balance = balance + 1");
            return storage.runs()
                    .commit(transaction, List.of(Actors.appending(claim, 0)))
                    .getFirst();
        });
    }

    private static String silence(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long balance() throws SQLException {
        return gate.number("SELECT balance FROM account");
    }
}
