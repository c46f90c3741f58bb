package io.romancy.sqlite;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The commits of one batch, inside one transaction: what may be refused is checked before it is written. */
final class CommitBatch {
    private final Tables tables;
    private final RunCommits ofRuns;
    private final OpenCommits open;
    private final Failures failures;

    CommitBatch(Tables tables, Moment moment, Failures failures) {
        this.tables = tables;
        this.ofRuns = new RunCommits(tables, moment);
        this.open = new OpenCommits(tables, moment);
        this.failures = failures;
    }

    /** Takes them one after the other; an error that SQLite reports is one of the whole batch. */
    List<CommitResult> together(List<Commit> batch) throws SQLException {
        List<CommitResult> results = new ArrayList<>(batch.size());
        for (Commit commit : batch) {
            results.add(take(commit));
        }
        return results;
    }

    /** The same with a savepoint around each: a value that SQLite does not take harms only the commit that brought it. */
    List<CommitResult> apart(List<Commit> batch) throws SQLException {
        List<CommitResult> results = new ArrayList<>(batch.size());
        for (Commit commit : batch) {
            results.add(alone(() -> take(commit)));
        }
        return results;
    }

    /** For a transaction of the application, in which nothing may fail that the application cannot see. */
    List<CommitResult> inTransaction(List<Commit> batch) throws SQLException {
        if (batch.stream().filter(Commit.OfRun.class::isInstance).count() > 1) {
            throw new IllegalArgumentException("a transaction holds at most one commit of a run in a batch");
        }
        List<CommitResult> results = new ArrayList<>(batch.size());
        for (Commit commit : batch) {
            results.add(alone(() -> takeInTransaction(commit)));
        }
        return results;
    }

    private CommitResult take(Commit commit) throws SQLException {
        return switch (commit) {
            case Commit.OfRun ofRun -> ofRuns.take(ofRun);
            case Commit.Start start -> open.take(start);
            case Commit.Publish publish -> open.take(publish);
            case Commit.Cancel cancel -> open.take(cancel);
            case Commit.Retry retry -> open.take(retry);
        };
    }

    private CommitResult takeInTransaction(Commit commit) throws SQLException {
        return switch (commit) {
            case Commit.Start start -> open.start(start.instance(), null);
            case Commit.Publish publish -> open.take(publish);
            case Commit.Cancel cancel -> open.takeLater(cancel);
            case Commit.Retry retry -> new CommitResult.Refused(Refusals.misplaced("A retry"));
            case Commit.OfRun ofRun -> ofRuns.takeJoined(ofRun);
        };
    }

    private CommitResult alone(Item item) throws SQLException {
        tables.session.update("SAVEPOINT romancy_item");
        try {
            CommitResult result = item.take();
            tables.session.update("RELEASE romancy_item");
            return result;
        } catch (SQLException e) {
            if (!Failures.isOfItem(e)) {
                throw e;
            }
            tables.session.update("ROLLBACK TO romancy_item");
            tables.session.update("RELEASE romancy_item");
            return new CommitResult.Refused(failures.of(e));
        }
    }

    /** One commit of the batch. */
    @FunctionalInterface
    private interface Item {
        CommitResult take() throws SQLException;
    }
}
