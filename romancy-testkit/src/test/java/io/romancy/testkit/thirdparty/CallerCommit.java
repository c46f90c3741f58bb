package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;

/** Commits of one batch, each taken or refused on its own. */
final class CallerCommit {
    private final Content content;
    private final Instant now;
    private final boolean inTransaction;

    CallerCommit(Content content, boolean inTransaction) {
        this.content = content;
        this.now = content.now();
        this.inTransaction = inTransaction;
    }

    CommitResult take(Commit commit) {
        try {
            return switch (commit) {
                case Commit.OfRun ofRun -> {
                    var run = new RunCommit(content, ofRun);
                    yield inTransaction ? run.join() : run.take();
                }
                case Commit.Start start ->
                    start(inTransaction ? start.instance().unowned() : start.instance());
                case Commit.Publish publish -> publish(publish.message());
                case Commit.Cancel cancel -> cancel(cancel);
                case Commit.Retry retry -> retry(retry);
            };
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    private CommitResult start(NewInstance wanted) {
        Refusal.check(wanted);
        Run existing = content.run(wanted.id());
        if (existing == null) {
            Run run = content.insert(wanted, now);
            if (wanted.owner() == null) {
                return new CommitResult.Accepted(now);
            }
            run.claim(wanted.owner());
            return new CommitResult.Born(run.claim(), now);
        }
        if (existing.start.isSameStart(wanted)) {
            return new CommitResult.Existing();
        }
        throw FirstStart.of(existing.start).refusal(wanted);
    }

    private CommitResult publish(NewMessage message) {
        if (!content.uids.containsKey(message.uid())) {
            Refusal.check(content, message);
            if (message.target() != null) {
                Refusal.live(content, message.target());
            }
        }
        return new CommitResult.Accepted(now, Mail.publish(content, message, now));
    }

    private CommitResult cancel(Commit.Cancel cancel) {
        Check.text("Cancel reason", cancel.reason());
        Run live = Refusal.live(content, cancel.id());
        if (inTransaction) {
            long number = content.next();
            content.cancellations.put(number, cancel);
            content.published.add(number);
        } else {
            cancel(content, live, cancel.reason());
        }
        return new CommitResult.Accepted(now);
    }

    /** Tells a live run; the first reason counts, but a stuck one goes on each time. Returns whether that made it ready. */
    static boolean cancel(Content content, Run live, String reason) {
        boolean stuck = live.status == InstanceStatus.STUCK;
        if (live.cancelReason != null && !stuck) {
            return false;
        }
        Run run = content.edit(live.number);
        run.cancelReason = live.cancelReason == null ? reason : live.cancelReason;
        run.wake++;
        boolean wakes = run.status == InstanceStatus.WAITING || stuck;
        if (wakes) {
            run.ready(content.now());
        }
        return wakes;
    }

    private CommitResult retry(Commit.Retry retry) {
        if (inTransaction) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE, "A retry has no place in a transaction. Do it outside of it.");
        }
        Run known = Refusal.known(content, retry.id());
        if (retry.key().equals(known.retryKey)) {
            return new CommitResult.Accepted(now);
        }
        boolean failed = known.status == InstanceStatus.FAILED;
        if (!failed && known.status != InstanceStatus.STUCK) {
            throw new RomancyException(
                    ErrorCode.RETRY_REFUSED,
                    "Instance '" + retry.id() + "' is " + known.status + ", not STUCK or FAILED. Start another.");
        }
        if (failed && StepRecord.isCompensation(known.lastKind())) {
            throw new RomancyException(
                    ErrorCode.COMPENSATED,
                    "Instance '" + retry.id() + "' failed and undid what it did. Start another.");
        }
        Run run = content.edit(known.number);
        if (failed && run.lastKind() == retry.failedStepKind()) {
            run.steps.pollLastEntry();
        }
        run.retryKey = retry.key();
        run.takeAway(now);
        return new CommitResult.Accepted(now);
    }
}
