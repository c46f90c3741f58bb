package io.romancy.testkit.memory;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a run writes under its claim. */
final class RunCommits {
    private final Tables tables;
    private final Refusals refusals;

    RunCommits(Tables tables) {
        this.tables = tables;
        this.refusals = new Refusals(tables);
    }

    CommitResult take(Commit.OfRun commit) {
        RunRow run = tables.runs.byNumber(commit.claim().run());
        if (run == null || run.fence != commit.claim().fence()) {
            return new CommitResult.Fenced();
        }
        Instant now = tables.clock.now();
        if (run.status != InstanceStatus.RUNNING) {
            // Whoever else ends a claim raises the fence. So its holder left RUNNING itself, and this was taken with
            // that or before.
            return new CommitResult.Taken(writtenAt(run, commit, now), run.wake, run.cancelReason);
        }
        if (commit.transition() != null && run.wake != commit.claim().wake()) {
            return new CommitResult.Moved(run.wake, run.cancelReason);
        }
        try {
            refusals.check(commit.changes());
            // A start by anybody else is before or after all of this commit: the storage does one thing at a time.
            refusals.checkStarts(run, commit.changes(), Map.of());
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        write(run, commit, now);
        if (commit.transition() != null) {
            leave(run, commit.transition(), now);
        }
        return new CommitResult.Taken(writtenAt(run, commit, now), run.wake, run.cancelReason);
    }

    /** Writes what a transaction recorded while it was open; it carries the time of that. */
    void apply(Commit.OfRun commit, Instant at) {
        RunRow run = tables.runs.byNumber(commit.claim().run());
        if (run != null) {
            write(run, commit, at);
        }
    }

    /** Whether the claim has ended, or a record is there that the commit would have to leave alone. */
    static boolean isLost(Tables tables, Commit.OfRun commit) {
        RunRow run = tables.runs.byNumber(commit.claim().run());
        return run == null || !run.isHeldAt(commit.claim().fence()) || isRecorded(run, commit);
    }

    /** Whether one of the commit's records is there, closed. */
    static boolean isRecorded(RunRow run, Commit.OfRun commit) {
        return commit.changes().stream()
                .anyMatch(change -> change instanceof Change.Append append
                        && isClosed(run, append.step().position()));
    }

    static boolean isClosed(RunRow run, int position) {
        StepRecord existing = run.steps.get(position);
        return existing != null && !existing.isOpen();
    }

    /** The time that the commit's records carry: an older one if they were there already. */
    private static Instant writtenAt(RunRow run, Commit.OfRun commit, Instant now) {
        for (Change change : commit.changes().reversed()) {
            if (change instanceof Change.Append append) {
                StepRecord record = run.steps.get(append.step().position());
                if (record != null) {
                    return record.at();
                }
            }
        }
        return now;
    }

    private void write(RunRow run, Commit.OfRun commit, Instant now) {
        Set<Integer> written = new HashSet<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append(StepRecord step, var isFirst) && append(run, step, now)) {
                written.add(step.position());
            }
        }
        long before = tables.mail.lastArrival();
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Append done -> {}
                case Change.Consume consume -> tables.mail.consume(run, consume.seq());
                case Change.Publish publish -> {
                    if (written.contains(publish.position())) {
                        tables.mail.publish(publish.message(), now);
                    }
                }
                case Change.Start start -> {
                    if (written.contains(start.position())
                            && tables.runs.byId(start.instance().id()) == null) {
                        tables.runs.insertReady(start.instance(), now);
                    }
                }
                case Change.Subscribe subscribe ->
                    tables.mail.subscribe(run, subscribe.topic(), subscribe.mode(), before);
                case Change.Unsubscribe unsubscribe -> tables.mail.unsubscribe(run, unsubscribe.topic());
            }
        }
    }

    private static boolean append(RunRow run, StepRecord step, Instant now) {
        if (isClosed(run, step.position())) {
            return false;
        }
        run.steps.put(step.position(), new StepRecord(step.position(), step.kind(), step.name(), step.body(), now));
        return true;
    }

    private void leave(RunRow run, Transition transition, Instant now) {
        switch (transition) {
            case Transition.Suspend suspend ->
                tables.runs.waitFor(
                        run,
                        suspend.channels(),
                        switch (suspend.due()) {
                            case null -> null;
                            case Due.In in -> now.plus(in.span());
                            case Due.At at -> at.time();
                        });
            case Transition.Release release -> tables.runs.ready(run, now);
            case Transition.Stick stick -> tables.runs.stop(run, InstanceStatus.STUCK, stick.diagnosis(), null);
            case Transition.End end -> {
                if (end instanceof Transition.Fail) {
                    tables.mail.rest(run);
                } else {
                    tables.mail.close(run);
                }
                tables.runs.stop(run, statusAfter(end), end.payload(), now);
            }
        }
    }

    private static InstanceStatus statusAfter(Transition.End end) {
        return switch (end) {
            case Transition.Complete complete -> InstanceStatus.COMPLETED;
            case Transition.Fail fail -> InstanceStatus.FAILED;
            case Transition.Cancelled cancelled -> InstanceStatus.CANCELLED;
        };
    }
}
