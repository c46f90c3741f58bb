package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.error.WorkflowFailedException;
import io.romancy.testkit.fault.StorageCall;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An activity in a transaction on Romancy's datasource: all of it commits together, and once. */
class JoinedActivityTest extends TransactionCase {
    @Test
    void rowsRecordMessagesStartsAndEventsCommitTogether() {
        App app = app();
        listen(app, "a");
        app.bean(Probes.class).next("all", () -> elsewhere(() -> assertNothingIsSeen("a")));

        assertThat(result(call(app, "all", "a"))).isEqualTo("a");

        assertThat(database.entries("a by %")).isEqualTo(3);
        assertEverythingHappened(app, "a");
        assertThat(app.bean(Probes.class).calls("all")).isEqualTo(1);
    }

    @Test
    void whatAFailedAttemptDidNeverHappened() {
        App app = app();
        listen(app, "a");
        app.bean(Probes.class).next("all", () -> {
            throw new IOException("after everything was written");
        });
        app.bean(Probes.class).next("all", () -> elsewhere(() -> assertNothingIsSeen("a")));

        assertThat(result(call(app, "all", "a"))).isEqualTo("a");

        assertThat(app.bean(Probes.class).calls("all")).isEqualTo(2);
        assertThat(database.entries("a by %")).isEqualTo(3);
        assertEverythingHappened(app, "a");
    }

    @Test
    void aRecordThatCouldNotBeWrittenTakesTheRowsBack() {
        App app = app();
        app.faults().failNext(1, StorageCall.COMMIT_IN_TRANSACTION);

        assertThat(result(call(app, "one", "a"))).isEqualTo("wrote a");

        assertThat(app.bean(Probes.class).calls("one")).isEqualTo(2);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aLostAnswerToTheRecordTakesTheRowsBack() {
        App app = app();
        app.faults().loseAnswers(1, StorageCall.COMMIT_IN_TRANSACTION);

        assertThat(result(call(app, "one", "a"))).isEqualTo("wrote a");

        assertThat(app.bean(Probes.class).calls("one")).isEqualTo(2);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksBeforeTheCommitTakesAllBack() {
        App app = app();
        app.wire().once(Wire.Place.BEFORE_COMMIT, () -> {
            throw new SQLException("the connection broke before the commit", "08006");
        });

        assertThat(result(call(app, "one", "a"))).isEqualTo("wrote a");

        assertThat(app.bean(Probes.class).calls("one")).isEqualTo(2);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aLostAnswerToTheCommitIsLookedUpAndNotRepeated() {
        App app = app();
        app.wire().once(Wire.Place.AFTER_COMMIT, () -> {
            throw new SQLException("the connection broke after the commit", "08006");
        });

        assertThat(result(call(app, "one", "a"))).isEqualTo("wrote a");

        assertThat(app.bean(Probes.class).calls("one"))
                .as("the record says that it is done")
                .isEqualTo(1);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesBeforeTheCommitLeavesNothingAndAnotherDoesItOnce() {
        App first = app();
        first.wire().once(Wire.Place.BEFORE_COMMIT, () -> {
            first.faults().kill();
            throw new SQLException("the process died before the commit");
        });
        var handle = call(first, "one", "a");
        awaitDeath(first);

        App second = app();
        database.storage().nodes().leave(first.node());

        assertThat(result(second.romancy().handle(handle.id(), Flows.Calling.class)))
                .isEqualTo("wrote a");
        assertThat(second.bean(Probes.class).calls("one")).isEqualTo(1);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesAfterTheCommitHasDoneItAndNobodyDoesItAgain() {
        App first = app();
        first.wire().once(Wire.Place.AFTER_COMMIT, () -> first.faults().kill());
        var handle = call(first, "one", "a");
        awaitDeath(first);

        App second = app();
        database.storage().nodes().leave(first.node());

        assertThat(result(second.romancy().handle(handle.id(), Flows.Calling.class)))
                .isEqualTo("wrote a");
        assertThat(second.bean(Probes.class).calls("one")).isZero();
        assertThat(database.entries("a")).isEqualTo(1);
    }

    private static void awaitDeath(App app) {
        long deadline = System.nanoTime() + App.DEADLINE.toNanos();
        while (app.faults().isAlive()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aWorkerThatLostItsClaimRollsBackAndTheNextOneDoesItOnce() {
        App app = app();
        app.wire()
                .once(
                        Wire.Place.BEFORE_CONNECTION,
                        () -> database.storage().nodes().leave(app.node()));

        assertThat(result(call(app, "one", "a"))).isEqualTo("wrote a");

        assertThat(app.bean(Probes.class).calls("one")).isEqualTo(2);
        assertThat(database.entries("a")).isEqualTo(1);
    }

    @Test
    void aFailureOfTheLastAttemptIsRecordedAfterTheRollback() {
        App app = app();

        var handle = call(app, "swallow", "a");

        assertThatThrownBy(() -> result(handle))
                .isInstanceOf(WorkflowFailedException.class)
                .hasStackTraceContaining("UnexpectedRollbackException");
        assertThat(app.bean(Probes.class).calls("swallow")).isEqualTo(2);
        assertThat(database.entries("a")).isZero();
    }

    @Test
    void aTransactionAroundItIsRefusedAtOnce() {
        App app = app();

        var handle = call(app, "surrounded", "a");

        assertThatThrownBy(() -> result(handle))
                .isInstanceOf(WorkflowFailedException.class)
                .hasStackTraceContaining("ROM-2009")
                .hasStackTraceContaining("inside a transaction that the workflow's own code opened");
        assertThat(app.bean(Probes.class).calls("one")).isZero();
        assertThat(database.entries("a")).isZero();
    }

    @Test
    void aSavepointTakesBackItsPartAndNothingElse() {
        App app = app();

        assertThat(result(call(app, "nested", "a"))).isEqualTo("a");

        assertThat(database.entries("a")).isEqualTo(1);
        assertThat(database.entries("a inside")).isZero();
        assertThat(database.entries("a again")).isEqualTo(1);
        assertThat(database.storage().instances().find("a inside")).isEmpty();
        assertThat(result(app.romancy().handle("a again", Flows.Child.class))).isEqualTo("a again");
    }

    @Test
    void whatRollsBackAndReturnsIsRecordedAllTheSame() {
        App app = app();

        assertThat(result(call(app, "undecided", "a"))).isEqualTo("undone");

        assertThat(database.entries("a")).isZero();
        assertThat(database.storage().instances().find("a-child")).isEmpty();
    }

    @Test
    void anActivityThatOnlyReadsIsRecordedBesideItsTransaction() {
        App app = app();
        result(call(app, "one", "a"));

        assertThat(result(app.romancy().start(Flows.Calling.class, "look a"))).isEqualTo("1");
        assertThat(app.bean(Probes.class).calls("look")).isEqualTo(1);
    }

    static void elsewhere(Runnable look) throws Exception {
        var looking = new FutureTask<Void>(look, null);
        Thread.ofVirtual().start(looking);
        looking.get(App.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
}
