package io.romancy.sqlite;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Commits without a claim. Each checks first and writes then, so that a refusal leaves nothing behind. */
final class OpenCommits {
    private final Tables tables;
    private final Moment moment;

    OpenCommits(Tables tables, Moment moment) {
        this.tables = tables;
        this.moment = moment;
    }

    CommitResult take(Commit.Start start) throws SQLException {
        return start(start.instance(), start.instance().owner());
    }

    CommitResult take(Commit.Publish publish) throws SQLException {
        try {
            return publish(publish.message());
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    CommitResult take(Commit.Cancel cancel) throws SQLException {
        try {
            Check.text("Cancel reason", cancel.reason());
            RunState run = new Refusals(tables).live(cancel.id());
            // The run's own commit may race with it: whichever transaction is second sees the first, and a run that
            // ends after this
            // finds its wake moved.
            new Cancellation(tables, moment).request(run, cancel.reason());
            return accepted();
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    /** The same inside a transaction: a request that the dispatch, after the commit, carries out and reports. */
    CommitResult takeLater(Commit.Cancel cancel) throws SQLException {
        try {
            Check.text("Cancel reason", cancel.reason());
            new Refusals(tables).live(cancel.id());
            tables.messages.requestCancel(cancel.id(), cancel.reason(), moment);
            return accepted();
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    CommitResult take(Commit.Retry retry) throws SQLException {
        try {
            if (retry.key().equals(tables.runs.lastRetry(retry.id()))) {
                return accepted(); // sent again
            }
            RunState run = new Refusals(tables).retriable(retry.id());
            if (run.status() == InstanceStatus.FAILED) {
                if (StepRecord.isCompensation(tables.steps.lastKind(run.no()))) {
                    return new CommitResult.Refused(Refusals.compensated(retry.id()));
                }
                tables.steps.dropLast(run.no(), retry.failedStepKind());
                tables.mailboxes.goOn(run.no());
            }
            tables.runs.revive(run.no(), retry.key(), moment);
            return accepted();
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    /** Starts the instance; inside a transaction nobody may own it from birth, so the owner comes apart. */
    CommitResult start(NewInstance instance, @Nullable NodeId owner) throws SQLException {
        try {
            new Refusals(tables).check(instance);
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        Claim claim = tables.runs.insert(instance, owner, moment);
        if (claim == null) {
            return existing(instance);
        }
        return owner == null ? accepted() : new CommitResult.Born(claim, moment.at());
    }

    /**
     * The id exists. A start that is sent again is also answered so, and not as born: nobody can tell it from a second start by the same
     * owner, who would then run the instance twice. The owner finds what it has by {@code NodeStore.owned}.
     */
    private CommitResult existing(NewInstance instance) throws SQLException {
        FirstStart first = tables.runs.firstStart(instance.id());
        if (first == null) {
            throw new SQLException("instance '" + instance.id() + "' exists and cannot be read");
        }
        return first.isSameAs(instance)
                ? new CommitResult.Existing()
                : new CommitResult.Refused(first.refusal(instance));
    }

    private CommitResult publish(NewMessage message) throws SQLException {
        Long known = tables.messages.number(message.uid());
        if (known != null) {
            return new CommitResult.Accepted(moment.at(), known);
        }
        Refusals refusals = new Refusals(tables);
        refusals.check(message);
        String target = message.target();
        if (target != null) {
            refusals.live(target);
        }
        TopicMode mode = message.mode();
        if (mode != null) {
            tables.topics.declare(message.channel(), mode);
        }
        Long number = tables.messages.publish(message, moment);
        if (number == null) {
            throw new SQLException("message '" + message.uid() + "' was not there and cannot be inserted");
        }
        return new CommitResult.Accepted(moment.at(), number);
    }

    private CommitResult accepted() {
        return new CommitResult.Accepted(moment.at());
    }
}
