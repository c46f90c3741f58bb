package io.romancy.postgres;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Sorts a batch by kind, because each kind is one statement, and puts the answers back in the caller's order. */
final class Commits {
    private final Starts starts;
    private final RunCommits runs;
    private final JoinedRunCommits joinedRuns;
    private final Publishes publishes;
    private final Cancels cancels;
    private final Retries retries;

    Commits(Database database, TopicModes modes, Publishes publishes, Listing listing) {
        this.starts = new Starts(database, listing);
        this.runs = new RunCommits(database, modes);
        this.joinedRuns = new JoinedRunCommits(database, modes);
        this.publishes = publishes;
        cancels = new Cancels(database);
        retries = new Retries(database);
    }

    List<CommitResult> commit(List<Commit> batch) {
        var sorted = new Sorted(batch);
        sorted.refuseDoubleRuns();
        if (!sorted.starts.isEmpty()) {
            starts.start(sorted.starts);
        }
        if (!sorted.runs.isEmpty()) {
            runs.commit(sorted.runs);
        }
        if (!sorted.publishes.isEmpty()) {
            publishes.publish(sorted.publishes);
        }
        if (!sorted.cancels.isEmpty()) {
            cancels.cancel(sorted.cancels);
        }
        sorted.retries.forEach(retries::retry);
        return sorted.answers();
    }

    /**
     * The same in the application's transaction. A statement that fails would spoil all of it, so callers' commits stand behind a
     * savepoint, and a refusal leaves the transaction as it was. What a run writes comes last and needs none: unless it is taken, the
     * transaction is over.
     */
    List<CommitResult> commitIn(Transaction transaction, List<Commit> batch) {
        Connection connection = transaction.unwrap(Connection.class);
        var sorted = new Sorted(batch);
        sorted.refuseInTransaction();
        try {
            if (sorted.hasCallers()) {
                commitCallersIn(connection, sorted);
            }
            if (!sorted.runs.isEmpty()) {
                joinedRuns.commit(transaction, connection, sorted.runs.getFirst());
            }
        } catch (SQLException e) {
            throw SqlFailure.of("Committing in a transaction", e);
        }
        return sorted.answers();
    }

    private void commitCallersIn(Connection connection, Sorted sorted) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            starts.startIn(connection, sorted.starts);
            publishes.publishIn(connection, sorted.publishes);
            cancels.cancelIn(connection, sorted.cancels);
            connection.releaseSavepoint(savepoint);
        } catch (SQLException | RuntimeException e) {
            connection.rollback(savepoint);
            throw e;
        }
    }

    /** A batch by kind. */
    private static final class Sorted {
        final List<Item<Commit.Start>> starts = new ArrayList<>();
        final List<Item<Commit.OfRun>> runs = new ArrayList<>();
        final List<Item<Commit.Publish>> publishes = new ArrayList<>();
        final List<Item<Commit.Cancel>> cancels = new ArrayList<>();
        final List<Item<Commit.Retry>> retries = new ArrayList<>();
        private final CommitResult[] answers;

        Sorted(List<Commit> batch) {
            answers = new CommitResult[batch.size()];
            for (int i = 0; i < answers.length; i++) {
                int index = i;
                Consumer<CommitResult> receiver = answer -> answers[index] = answer;
                switch (batch.get(i)) {
                    case Commit.Start start -> starts.add(new Item<>(start, receiver));
                    case Commit.OfRun run -> runs.add(new Item<>(run, receiver));
                    case Commit.Publish publish -> publishes.add(new Item<>(publish, receiver));
                    case Commit.Cancel cancel -> cancels.add(new Item<>(cancel, receiver));
                    case Commit.Retry retry -> retries.add(new Item<>(retry, receiver));
                }
            }
        }

        void refuseDoubleRuns() {
            long different = runs.stream()
                    .map(item -> item.commit().claim().run())
                    .distinct()
                    .count();
            if (different < runs.size()) {
                throw new IllegalArgumentException("a batch holds at most one commit for each run; " + runs.size()
                        + " commits are for " + different + " runs");
            }
        }

        void refuseInTransaction() {
            retries.forEach(item -> item.answer(refused("A retry")));
            if (runs.size() > 1) {
                throw new IllegalArgumentException(
                        "a transaction holds at most one commit of a run, not " + runs.size() + " in a batch");
            }
        }

        boolean hasCallers() {
            return !(starts.isEmpty() && publishes.isEmpty() && cancels.isEmpty());
        }

        List<CommitResult> answers() {
            return Arrays.stream(answers).map(Objects::requireNonNull).toList();
        }

        private static CommitResult refused(String what) {
            return new CommitResult.Refused(new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    what + " in a transaction of the application is refused: it locks rows that the engine needs."
                            + " Do it outside the transaction."));
        }
    }
}
