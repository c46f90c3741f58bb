package io.romancy.postgres;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.NewInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Writes what a run records inside a transaction of the application: one statement, the last before the commit, and one that looks if it
 * started somebody. It races with the reaper and with take-overs; the lock on the run's row decides and lasts until the commit, so whoever
 * comes second finds a moved fence or skips the row. Locking earlier would stall dispatch for as long as the application works.
 */
final class JoinedRunCommits {
    private final TopicModes modes;
    private final HotStatement steps;
    private final HotStatement everything;
    private final HotStatement existing;

    JoinedRunCommits(Database database, TopicModes modes) {
        this.modes = modes;
        this.steps = RunCommitSql.joinedSteps(database.schema());
        this.everything = RunCommitSql.joinedEverything(database.schema());
        this.existing = HotStatement.bare(database.schema(), Starts.EXISTING);
    }

    /** Answers the item, or throws; unless it is taken, the transaction ends in a rollback, whatever its owner does next. */
    void commit(Transaction transaction, Connection connection, Item<Commit.OfRun> item) throws SQLException {
        CommitResult answer;
        try {
            Commit.OfRun commit = item.commit().joined();
            RunChanges.check(commit);
            RunCommits.checkModes(modes, commit);
            answer = write(connection, commit);
        } catch (StorageException notAsked) {
            transaction.rollbackOnly();
            throw notAsked;
        } catch (RomancyException refused) {
            answer = new CommitResult.Refused(refused);
        }
        if (!(answer instanceof CommitResult.Taken)) {
            transaction.rollbackOnly();
        }
        item.answer(answer);
    }

    private CommitResult write(Connection connection, Commit.OfRun commit) throws SQLException {
        var batch = new RunBatch(List.of(commit));
        var alone = new Item<>(commit, answer -> {});
        HotStatement statement = batch.isStepsOnly() ? steps : everything;
        HotStatement.Binding bind = batch.isStepsOnly() ? batch::bindSteps : batch::bind;
        int missing = statement.execute(connection, bind, rows -> RunCommits.answer(List.of(alone), rows));
        CommitResult answer = alone.answer();
        if (answer == null) {
            // The row changed hands between the snapshot of the statement and its lock.
            return new CommitResult.Fenced();
        }
        if (!(answer instanceof CommitResult.Taken)) {
            return answer;
        }
        return missing > 0 ? new CommitResult.Recorded() : judged(connection, commit, answer);
    }

    /**
     * Another start of an id may have been first. The index decided, after waiting for whoever held the id; what that one wrote can be
     * seen from here on.
     */
    private CommitResult judged(Connection connection, Commit.OfRun commit, CommitResult taken) throws SQLException {
        List<NewInstance> children = RunChanges.children(commit);
        if (children.isEmpty()) {
            return taken;
        }
        String[] ids = children.stream().map(NewInstance::id).distinct().toArray(String[]::new);
        Map<String, FirstStart> found = existing.execute(connection, params -> params.texts(ids), Starts::readExisting);
        for (NewInstance child : children) {
            FirstStart first = found.get(child.id());
            if (first == null) {
                throw new SQLException("instance '" + child.id() + "' was deleted meanwhile", "40001");
            }
            if (!first.isSameAs(child)) {
                return new CommitResult.Refused(first.refusal(child));
            }
        }
        return taken;
    }
}
