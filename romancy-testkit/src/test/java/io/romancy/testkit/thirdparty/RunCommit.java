package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run writes under its claim. */
final class RunCommit {
    private final Content content;
    private final Commit.OfRun commit;
    private final Instant now;

    RunCommit(Content content, Commit.OfRun commit) {
        this.content = content;
        this.commit = commit;
        this.now = content.now();
    }

    CommitResult take() {
        Run run = content.runs.get(commit.claim().run());
        if (run == null || run.fence != commit.claim().fence()) {
            return new CommitResult.Fenced();
        }
        if (run.status != InstanceStatus.RUNNING) {
            return taken(run); // nobody else ends a claim without a new fence: this is sent again
        }
        if (commit.transition() != null && run.wake != commit.claim().wake()) {
            return new CommitResult.Moved(run.wake, run.cancelReason);
        }
        try {
            Refusal.check(content, commit.changes());
            checkStarts(run, commit.changes());
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        Run changed = content.edit(run.number);
        write(changed, commit.changes());
        leave(changed, commit.transition());
        return taken(changed);
    }

    /** In a transaction of the application, which keeps every other writer out until its end. */
    CommitResult join() {
        Commit.OfRun joined = commit.joined();
        Run run = content.runs.get(joined.claim().run());
        if (run == null || !run.isHeldAt(joined.claim().fence())) {
            return new CommitResult.Fenced();
        }
        boolean recorded = joined.changes().stream()
                .anyMatch(change -> change instanceof Change.Append append
                        && isClosed(run, append.step().position()));
        if (recorded) {
            return new CommitResult.Recorded();
        }
        Refusal.check(content, joined.changes());
        checkStarts(run, joined.changes());
        Run changed = content.edit(run.number);
        write(changed, joined.changes());
        return new CommitResult.Taken(now, changed.wake, changed.cancelReason);
    }

    private CommitResult taken(Run run) {
        Instant at = now;
        for (Change change : commit.changes()) {
            StepRecord record = change instanceof Change.Append append
                    ? run.steps.get(append.step().position())
                    : null;
            at = record == null ? at : record.at();
        }
        return new CommitResult.Taken(at, run.wake, run.cancelReason);
    }

    /** No id is started as something else than what has it; a start whose record is there was judged before. */
    private void checkStarts(Run run, List<Change> changes) {
        Map<String, NewInstance> firstHere = new HashMap<>();
        for (Change change : changes) {
            if (change instanceof Change.Start(int position, NewInstance wanted) && !isClosed(run, position)) {
                Run existing = content.run(wanted.id());
                NewInstance mine = firstHere.putIfAbsent(wanted.id(), wanted);
                NewInstance first = existing == null ? mine : existing.start;
                if (first != null && !first.isSameStart(wanted)) {
                    throw FirstStart.of(first).refusal(wanted);
                }
            }
        }
    }

    private static boolean isClosed(Run run, int position) {
        StepRecord before = run.steps.get(position);
        return before != null && !before.isOpen();
    }

    private void write(Run run, List<Change> changes) {
        long before = content.last();
        Set<Integer> written = new HashSet<>();
        for (Change change : changes) {
            if (change instanceof Change.Append(StepRecord step, var isFirst) && !isClosed(run, step.position())) {
                run.steps.put(
                        step.position(), new StepRecord(step.position(), step.kind(), step.name(), step.body(), now));
                written.add(step.position());
            }
        }
        for (Change change : changes) {
            switch (change) {
                case Change.Append done -> {}
                case Change.Consume consume -> run.mailbox.remove(consume.seq());
                case Change.Publish publish -> {
                    if (written.contains(publish.position())) {
                        Mail.publish(content, publish.message(), now);
                    }
                }
                case Change.Start start -> {
                    if (written.contains(start.position())
                            && content.run(start.instance().id()) == null) {
                        content.insert(start.instance(), now);
                    }
                }
                case Change.Subscribe subscribe ->
                    Mail.subscribe(content, run, subscribe.topic(), subscribe.mode(), before);
                case Change.Unsubscribe unsubscribe -> Mail.unsubscribe(content, run, unsubscribe.topic());
            }
        }
    }

    private void leave(Run run, @Nullable Transition transition) {
        switch (transition) {
            case null -> {}
            case Transition.Suspend suspend -> {
                run.become(InstanceStatus.WAITING, due(suspend.due()));
                run.waitsFor = suspend.channels();
                run.waitsSince = content.next();
            }
            case Transition.Release release -> run.ready(now);
            case Transition.Stick stick -> {
                run.become(InstanceStatus.STUCK, null);
                run.outcome = stick.diagnosis();
            }
            case Transition.End end -> {
                if (end instanceof Transition.Fail) {
                    Mail.rest(content, run);
                } else {
                    Mail.close(content, run);
                }
                run.become(status(end), null);
                run.outcome = end.payload();
                run.endedAt = now;
            }
        }
    }

    private @Nullable Instant due(@Nullable Due due) {
        return switch (due) {
            case null -> null;
            case Due.In in -> now.plus(in.span());
            case Due.At at -> at.time();
        };
    }

    private static InstanceStatus status(Transition.End end) {
        return switch (end) {
            case Transition.Complete complete -> InstanceStatus.COMPLETED;
            case Transition.Fail fail -> InstanceStatus.FAILED;
            case Transition.Cancelled cancelled -> InstanceStatus.CANCELLED;
        };
    }
}
