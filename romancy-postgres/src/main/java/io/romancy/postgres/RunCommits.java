package io.romancy.postgres;

import io.romancy.postgres.RunCommitSql.Manner;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Writes the commits of runs under their claims: each taken, moved, fenced or refused on its own. */
final class RunCommits {
    private final Database database;
    private final TopicModes modes;
    private final RepeatedSteps repeated;
    private final ChildStarts childStarts;
    private final Text steps;
    private final Text leaving;
    private final Text plain;
    private final Text everything;
    private final Text failing;

    RunCommits(Database database, TopicModes modes) {
        this.modes = modes;
        this.database = database;
        this.repeated = new RepeatedSteps(database.schema());
        this.childStarts = new ChildStarts(database.schema());
        this.steps = text(RunCommitSql::stepsOnly);
        this.leaving = text(RunCommitSql::leaving);
        this.plain = text(RunCommitSql::plain);
        this.everything = text(RunCommitSql::everything);
        this.failing = text(RunCommitSql::failing);
    }

    private Text text(BiFunction<Schema, Manner, HotStatement> text) {
        Schema schema = database.schema();
        return new Text(
                text.apply(schema, Manner.TRUSTING),
                text.apply(schema, Manner.LOOKING),
                text.apply(schema, Manner.PASSING));
    }

    /** A statement in every manner. */
    private record Text(HotStatement trusting, HotStatement looking, HotStatement passing) {
        HotStatement in(Manner manner) {
            return switch (manner) {
                case TRUSTING -> trusting;
                case LOOKING -> looking;
                case PASSING -> passing;
            };
        }
    }

    /**
     * The answers, in the order of the commits; at most one commit for each run. A question about a topic that the database did not answer
     * says nothing of the commit: then none of them is sent.
     */
    void commit(List<Item<Commit.OfRun>> items) {
        List<Item<Commit.OfRun>> ordered = new ArrayList<>();
        for (var item : items) {
            try {
                RunChanges.check(item.commit());
                checkModes(modes, item.commit());
                ordered.add(item);
            } catch (RomancyException refused) {
                item.refuse(refused);
            }
        }
        ordered.sort(Comparator.comparingLong(item -> item.commit().claim().run()));
        leaveTopicsFirst(ordered);
        ordered.removeIf(Item::isAnswered);
        new Isolation<>(database, "Committing", this::write).run(ordered);
    }

    static void checkModes(TopicModes modes, Commit.OfRun commit) {
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Subscribe(var topic, var mode) -> modes.check(topic, mode);
                case Change.Publish(int position, var message) -> modes.check(message);
                case Change.Append append -> {}
                case Change.Consume consume -> {}
                case Change.Start start -> {}
                case Change.Unsubscribe unsubscribe -> {}
            }
        }
    }

    private void leaveTopicsFirst(List<Item<Commit.OfRun>> items) {
        List<Item<Commit.OfRun>> first = new ArrayList<>();
        for (var item : items) {
            Commit.OfRun before = RunChanges.before(item.commit());
            if (before != null) {
                first.add(new Item<>(before, answer -> {
                    if (!(answer instanceof CommitResult.Taken)) {
                        item.answer(answer);
                    }
                }));
            }
        }
        if (!first.isEmpty()) {
            new Isolation<>(database, "Leaving topics", this::write).run(first);
        }
    }

    /** One statement. Items without an answer afterwards were busy, or start what one of the others does. */
    private void write(Connection connection, List<Item<Commit.OfRun>> all, boolean careful) throws SQLException {
        List<Item<Commit.OfRun>> items = careful ? childStarts.judged(connection, all) : all;
        if (items.isEmpty()) {
            return;
        }
        var batch = new RunBatch(items.stream().map(Item::commit).toList());
        Manner manner = careful ? Manner.PASSING : batch.isFirst() ? Manner.TRUSTING : Manner.LOOKING;
        if (batch.isStepsOnly()) {
            execute(connection, items, steps.in(manner), batch::bindSteps, RunCommits::answer);
        } else if (batch.isLeaving() && manner != Manner.PASSING) {
            execute(connection, items, leaving.in(manner), batch::bindPlain, RunCommits::answerWritten);
            writeOthers(connection, items, manner);
        } else if (batch.isPlain()) {
            execute(connection, items, plain.in(manner), batch::bindPlain, RunCommits::answer);
            writeOthers(connection, items, manner);
        } else {
            writeAll(connection, items, batch, manner);
        }
    }

    private void execute(
            Connection connection,
            List<Item<Commit.OfRun>> items,
            HotStatement statement,
            HotStatement.Binding bind,
            Answering answering)
            throws SQLException {
        int missing = statement.execute(connection, bind, rows -> answering.answer(items, rows));
        if (missing > 0) {
            repeated.correct(connection, items);
        }
    }

    /** What the shorter statements left alone, with a newer snapshot: seldom anything. */
    private void writeOthers(Connection connection, List<Item<Commit.OfRun>> items, Manner manner) throws SQLException {
        List<Item<Commit.OfRun>> others =
                items.stream().filter(item -> !item.isAnswered()).toList();
        if (!others.isEmpty()) {
            var batch = new RunBatch(others.stream().map(Item::commit).toList());
            writeAll(connection, others, batch, manner);
        }
    }

    private void writeAll(Connection connection, List<Item<Commit.OfRun>> items, RunBatch batch, Manner manner)
            throws SQLException {
        Text text = batch.isFailing() ? failing : everything;
        execute(connection, items, text.in(manner), batch::bind, RunCommits::answer);
    }

    /** Returns how many records were there before, or more than none: then this is a repetition, and its time is theirs. */
    static int answer(List<Item<Commit.OfRun>> items, ResultSet rows) throws SQLException {
        int expected = 0;
        int written = 0;
        for (var item : items) {
            rows.next();
            written = rows.getInt(5);
            CommitResult answer = answer(item.commit(), rows);
            if (answer instanceof CommitResult.Taken) {
                boolean before = rows.getInt(1) == RunCommitSql.DONE_BEFORE;
                expected += before ? 1 : RunChanges.records(item.commit()).size();
            }
            if (answer != null) {
                item.answer(answer);
            }
        }
        return expected - written;
    }

    /** The same for a statement that tells only of what it wrote. */
    private static int answerWritten(List<Item<Commit.OfRun>> items, ResultSet rows) throws SQLException {
        int expected = 0;
        int written = 0;
        while (rows.next()) {
            var item = items.get(rows.getInt(1) - 1);
            item.answer(taken(rows));
            expected += RunChanges.records(item.commit()).size();
            written = rows.getInt(5);
        }
        return expected - written;
    }

    private static CommitResult.Taken taken(ResultSet row) throws SQLException {
        return new CommitResult.Taken(Cells.instant(row, 4), row.getLong(2), row.getString(3));
    }

    private static @Nullable CommitResult answer(Commit.OfRun commit, ResultSet row) throws SQLException {
        int verdict = row.getInt(1);
        if (row.wasNull()) {
            return new CommitResult.Fenced();
        }
        return switch (verdict) {
            case RunCommitSql.DONE -> taken(row);
            case RunCommitSql.LOOK -> new CommitResult.Moved(row.getLong(2), row.getString(3));
            case RunCommitSql.BUSY, RunCommitSql.LEFTOVERS -> null;
            case RunCommitSql.DONE_BEFORE ->
                new CommitResult.Taken(Cells.instant(row, 4), commit.claim().wake(), null);
            default -> new CommitResult.Fenced();
        };
    }

    /** Answers items by the rows of a statement, and returns how many records were there before. */
    @FunctionalInterface
    private interface Answering {
        int answer(List<Item<Commit.OfRun>> items, ResultSet rows) throws SQLException;
    }
}
