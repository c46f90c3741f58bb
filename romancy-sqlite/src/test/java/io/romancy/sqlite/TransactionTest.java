package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.romancy.spi.DispatchResult.Woken;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of the application on SQLite, where each holds the only right to write. */
class TransactionTest {
    @TempDir
    Path folder;

    private Path file;
    private Storage storage;

    @BeforeEach
    void open() throws SQLException {
        file = folder.resolve("application.db");
        TestFiles.execute(file, "CREATE TABLE orders (id INTEGER PRIMARY KEY)");
        storage = TestFiles.open(file, Map.of(Options.BUSY_TIMEOUT, "100"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void rowsOfTheApplicationAndStartsCommitTogether() throws Exception {
        storage.inTransaction(transaction -> {
            insertOrder(transaction, 1);
            return storage.runs().commit(transaction, List.of(Samples.start("order-1")));
        });

        assertThat(orders()).containsExactly("1");
        assertThat(storage.instances().find("order-1")).isPresent();
    }

    @Test
    void rowsOfTheApplicationAndStartsVanishTogether() throws Exception {
        assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                    insertOrder(transaction, 1);
                    storage.runs().commit(transaction, List.of(Samples.start("order-1")));
                    throw new IllegalStateException("no stock");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no stock");

        assertThat(orders()).isEmpty();
        assertThat(storage.instances().find("order-1")).isEmpty();
    }

    @Test
    void aRefusedCommitHarmsNeitherTheOthersNorTheTransaction() throws Exception {
        storage.runs().commit(List.of(Samples.start("taken")));

        List<CommitResult> results = storage.inTransaction(transaction -> {
            insertOrder(transaction, 1);
            return storage.runs()
                    .commit(
                            transaction,
                            List.of(Samples.start("new"), new Commit.Cancel("nobody", "why"), Samples.start("taken")));
        });

        assertThat(results.get(0)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(results.get(1)).isInstanceOf(CommitResult.Refused.class);
        assertThat(results.get(2)).isInstanceOf(CommitResult.Existing.class);
        assertThat(orders()).containsExactly("1");
        assertThat(storage.instances().find("new")).isPresent();
    }

    @Test
    void aCancellationInsideReachesItsRunAtTheDispatchAfterTheCommit() throws Exception {
        storage.runs().commit(List.of(Samples.start("sleeper")));
        var claim = Samples.claim(storage, Samples.join(storage), 1).getFirst().claim();
        storage.runs()
                .commit(List.of(
                        new Commit.OfRun(claim, List.of(), new Transition.Suspend(Set.of(Samples.TOPIC), null))));

        storage.inTransaction(
                transaction -> storage.runs().commit(transaction, List.of(new Commit.Cancel("sleeper", "too late"))));

        assertThat(storage.messages().dispatch(10).woken()).containsExactly(new Woken("sleeper", Samples.ROUTE));
        assertThat(storage.instances().find("sleeper").orElseThrow().cancelReason())
                .isEqualTo("too late");
    }

    @Test
    void aWriteBesideTheTransactionOnTheSameThreadIsRefusedInsteadOfWaitingForItself() throws Exception {
        storage.inTransaction(transaction -> {
            refused(ErrorCode.WRONG_PLACE, () -> storage.runs().commit(List.of(Samples.start("beside"))));
            refused(ErrorCode.WRONG_PLACE, () -> storage.inTransaction(inner -> "never"));
            assertThat(storage.instances().find("beside")).isEmpty(); // reading is free
            return "done";
        });
    }

    @Test
    void theSameHoldsForAnotherStorageOnTheFile() throws Exception {
        try (Storage another = TestFiles.open(file)) {
            storage.inTransaction(transaction -> {
                refused(ErrorCode.WRONG_PLACE, () -> another.runs().commit(List.of(Samples.start("beside"))));
                return "done";
            });
        }
    }

    @Test
    void aWriteOfAnotherThreadWaitsInBoundedTime() throws Exception {
        storage.inTransaction(transaction -> {
            var waiting = CompletableFuture.supplyAsync(
                    () -> storage.runs().commit(List.of(Samples.start("late"))), Thread::startVirtualThread);
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .asInstanceOf(type(RomancyException.class))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_BUSY));
            return "done";
        });

        assertThat(storage.runs().commit(List.of(Samples.start("late"))).getFirst())
                .isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void theConnectionCannotEndTheTransaction() throws Exception {
        storage.inTransaction(transaction -> {
            Connection connection = transaction.unwrap(Connection.class);
            assertThat(connection.getAutoCommit()).isFalse();
            insertOrder(transaction, 1);
            refused(ErrorCode.WRONG_PLACE, connection::commit);
            refused(ErrorCode.WRONG_PLACE, connection::rollback);
            refused(ErrorCode.WRONG_PLACE, () -> connection.setAutoCommit(true));
            connection.close();
            insertOrder(transaction, 2);
            return "done";
        });

        assertThat(orders()).containsExactly("1", "2");
    }

    @Test
    void aSavepointOfTheApplicationCanBeRolledBack() throws Exception {
        storage.inTransaction(transaction -> {
            Connection connection = transaction.unwrap(Connection.class);
            insertOrder(transaction, 1);
            Savepoint savepoint = connection.setSavepoint();
            insertOrder(transaction, 2);
            storage.runs().commit(transaction, List.of(Samples.start("order-2")));
            connection.rollback(savepoint);
            return "done";
        });

        assertThat(orders()).containsExactly("1");
        assertThat(storage.instances().find("order-2")).isEmpty();
    }

    @Test
    void nothingOfATransactionCanBeUsedAfterIt() throws Exception {
        List<Transaction> kept = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        storage.inTransaction(transaction -> {
            connections.add(transaction.unwrap(Connection.class));
            return kept.add(transaction);
        });

        assertThat(connections.getFirst().isClosed()).isTrue();
        refused(ErrorCode.WRONG_PLACE, () -> connections.getFirst().createStatement());
        refused(ErrorCode.WRONG_PLACE, () -> kept.getFirst().afterCommit(() -> {}));
        refused(
                ErrorCode.WRONG_PLACE,
                () -> storage.runs().commit(kept.getFirst(), List.of(Samples.start("too-late"))));
    }

    @Test
    void whatTheApplicationLeavesOpenEndsWithTheTransaction() throws Exception {
        storage.inTransaction(transaction -> {
            insertOrder(transaction, 1);
            Statement left = transaction.unwrap(Connection.class).createStatement();
            assertThat(left.executeQuery("SELECT id FROM orders").next()).isTrue();
            return "done";
        });

        storage.inTransaction(transaction -> {
            insertOrder(transaction, 2);
            return "done";
        });
        assertThat(orders()).containsExactly("1", "2");
    }

    @Test
    void actionsAfterTheCommitMayWriteAndFailWithoutHarm() throws Exception {
        List<String> ran = new ArrayList<>();

        String result = storage.inTransaction(transaction -> {
            transaction.afterCommit(() -> storage.runs().commit(List.of(Samples.start("afterwards"))));
            transaction.afterCommit(() -> {
                throw new IllegalStateException("an action that fails, on purpose");
            });
            transaction.afterCommit(() -> ran.add("last"));
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(ran).containsExactly("last");
        assertThat(storage.instances().find("afterwards")).isPresent();
    }

    @Test
    void rollbackOnlyLeavesNothingAndRunsNoAction() throws Exception {
        List<String> ran = new ArrayList<>();

        storage.inTransaction(transaction -> {
            insertOrder(transaction, 1);
            transaction.afterCommit(() -> ran.add("never"));
            transaction.rollbackOnly();
            return "done";
        });

        assertThat(orders()).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void aRetryInsideIsRefused() throws Exception {
        storage.runs().commit(List.of(Samples.start("run")));

        List<CommitResult> results = storage.inTransaction(
                transaction -> storage.runs().commit(transaction, List.of(new Commit.Retry("run", 7, "key"))));

        assertThat(results)
                .allSatisfy(result -> assertThat(result)
                        .asInstanceOf(type(CommitResult.Refused.class))
                        .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.WRONG_PLACE)));
    }

    private static void insertOrder(Transaction transaction, int id) throws SQLException {
        try (Statement statement = transaction.unwrap(Connection.class).createStatement()) {
            statement.executeUpdate("INSERT INTO orders (id) VALUES (" + id + ")");
        }
    }

    private List<String> orders() throws SQLException {
        return TestFiles.query(file, "SELECT id FROM orders ORDER BY id");
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(RomancyException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
