package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two starts of one id of which one is a run's, each made to meet the other by holding the id. */
class ChildStartRacesTest extends RaceTest {
    private static final Route ROUTE = new Route("race", 1);

    private Claim parent;

    @BeforeEach
    void startParent() {
        parent = worker.born("parent", ROUTE);
    }

    /** What somebody starts in a transaction that stays open. */
    private void holdChild() throws SQLException {
        gate.execute("""
                INSERT INTO romancy.run (no, fence, wake, run_at, started_at, state, id, name, route, start_hash, input)
                VALUES (nextval('romancy.run_no'), 0, 0, now(), now(), 0, 'child', 'race', 'race/1', 'hash', 'x')""");
    }

    private Commit starting(String hash) {
        var child = new NewInstance("child", ROUTE, Actors.payload("input"), hash, null);
        return new Commit.OfRun(parent, List.of(Actors.first(0), new Change.Start(0, child)), null);
    }

    private static void assertConflict(CommitResult answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.START_CONFLICT));
    }

    private long records() throws SQLException {
        return gate.number("SELECT count(*) FROM romancy.step");
    }

    @Test
    void whoeverWaitedForAnotherStartIsRefused() throws Exception {
        holdChild();
        Future<CommitResult> second = inBackground(() -> worker.commit(starting("other")));
        gate.awaitWaiting(1);

        gate.open();

        assertConflict(result(second));
        assertThat(records()).isZero();
        assertThat(worker.append(parent, 0)).isInstanceOf(CommitResult.Taken.class);
    }

    @Test
    void whoeverWaitedForTheSameStartFindsIt() throws Exception {
        holdChild();
        Future<CommitResult> second = inBackground(() -> worker.commit(starting("hash")));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(second)).isInstanceOf(CommitResult.Taken.class);
        assertThat(records()).isEqualTo(1);
        assertThat(worker.commit(starting("hash"))).as("sent again").isEqualTo(result(second));
    }

    @Test
    void whoeverWaitedForAStartThatWasTakenBackIsTheFirst() throws Exception {
        holdChild();
        Future<CommitResult> second = inBackground(() -> worker.commit(starting("other")));
        gate.awaitWaiting(1);

        gate.execute("ROLLBACK");

        assertThat(result(second)).isInstanceOf(CommitResult.Taken.class);
        assertThat(gate.isTrue("SELECT start_hash = 'other' FROM romancy.run WHERE id = 'child'"))
                .isTrue();
    }

    @Test
    void aTransactionThatWaitedForAnotherStartIsRolledBack() throws Exception {
        execute("CREATE TABLE account (balance integer)");
        holdChild();
        Future<CommitResult> second = inBackground(() -> storage.inTransaction(transaction -> {
            execute(transaction, "INSERT INTO account VALUES (1)");
            return commitIn(transaction, "other");
        }));
        gate.awaitWaiting(1);

        gate.open();

        assertConflict(result(second));
        assertThat(records()).isZero();
        assertThat(gate.number("SELECT count(*) FROM account")).isZero();
    }

    @Test
    void aTransactionThatWaitedForTheSameStartGoesOn() throws Exception {
        holdChild();
        Future<CommitResult> second =
                inBackground(() -> storage.inTransaction(transaction -> commitIn(transaction, "hash")));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(second)).isInstanceOf(CommitResult.Taken.class);
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void aStartThatCameAfterTheSnapshotOfATransactionLetsItBeTriedAgain() throws Exception {
        assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                    execute(transaction, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    execute(transaction, "SELECT");
                    holdChild();
                    gate.open();
                    return commitIn(transaction, "other");
                }))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());

        assertConflict(storage.inTransaction(transaction -> commitIn(transaction, "other")));
        assertThat(records()).isZero();
    }

    private CommitResult commitIn(Transaction transaction, String hash) {
        return storage.runs().commit(transaction, List.of(starting(hash))).getFirst();
    }

    private static void execute(Transaction transaction, String sql) throws SQLException {
        try (var statement = transaction.unwrap(Connection.class).createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        gate.execute(sql);
        gate.open();
    }
}
