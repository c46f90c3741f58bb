package io.romancy.testkit.memory;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;

/** Commits without a claim, outside a transaction. */
final class OpenCommits {
    private final Tables tables;
    private final Refusals refusals;

    OpenCommits(Tables tables) {
        this.tables = tables;
        this.refusals = new Refusals(tables);
    }

    CommitResult start(Commit.Start start) {
        NewInstance wanted = start.instance();
        try {
            refusals.check(wanted);
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        RunRow existing = tables.runs.byId(wanted.id());
        if (existing != null) {
            return wanted.isSameStart(existing.start)
                    ? new CommitResult.Existing()
                    : new CommitResult.Refused(FirstStart.of(existing.start).refusal(wanted));
        }
        Instant now = tables.clock.now();
        RunRow run = tables.runs.insertReady(wanted, now);
        if (wanted.owner() == null) {
            return new CommitResult.Accepted(now);
        }
        tables.runs.claim(run, wanted.owner());
        return new CommitResult.Born(run.claim(), now);
    }

    CommitResult publish(Commit.Publish publish) {
        var message = publish.message();
        if (tables.mail.numberOf(message.uid()) == null) {
            try {
                refusals.check(message);
                if (message.target() != null) {
                    refusals.live(message.target());
                }
            } catch (RomancyException e) {
                return new CommitResult.Refused(e);
            }
        }
        Instant now = tables.clock.now();
        return new CommitResult.Accepted(now, tables.mail.publish(message, now));
    }

    CommitResult cancel(Commit.Cancel cancel) {
        try {
            Check.text("Cancel reason", cancel.reason());
            tables.cancel(refusals.live(cancel.id()), cancel.reason());
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        return new CommitResult.Accepted(tables.clock.now());
    }

    CommitResult retry(Commit.Retry retry) {
        RunRow run = tables.runs.byId(retry.id());
        if (run == null) {
            return new CommitResult.Refused(Refusals.notFound(retry.id()));
        }
        if (retry.key().equals(run.retryKey)) {
            return new CommitResult.Accepted(tables.clock.now());
        }
        if (run.status != InstanceStatus.STUCK && run.status != InstanceStatus.FAILED) {
            return new CommitResult.Refused(Refusals.retryRefused(retry.id(), run.status));
        }
        if (run.status == InstanceStatus.FAILED) {
            if (StepRecord.isCompensation(run.lastKind())) {
                return new CommitResult.Refused(Refusals.compensated(retry.id()));
            }
            if (run.lastKind() == retry.failedStepKind()) {
                run.steps.pollLastEntry();
            }
        }
        Instant now = tables.clock.now();
        run.retryKey = retry.key();
        tables.runs.takeAway(run, now);
        return new CommitResult.Accepted(now);
    }
}
