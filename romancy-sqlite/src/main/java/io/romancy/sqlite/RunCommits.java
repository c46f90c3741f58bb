package io.romancy.sqlite;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What runs write under their claims. */
final class RunCommits {
    private final Tables tables;
    private final Moment moment;

    RunCommits(Tables tables, Moment moment) {
        this.tables = tables;
        this.moment = moment;
    }

    CommitResult take(Commit.OfRun commit) throws SQLException {
        // A reaper, a takeover, a dispatch or a cancellation may race with it. All of them need the one right to write,
        // which this
        // transaction has since its BEGIN IMMEDIATE: what this read says of fence, state and wake holds until its
        // COMMIT.
        RunState run = tables.runs.byNumber(commit.claim().run());
        if (run == null || run.fence() != commit.claim().fence()) {
            return new CommitResult.Fenced();
        }
        if (run.status() != InstanceStatus.RUNNING) {
            // Whoever else ends a claim raises the fence: its holder left RUNNING itself, and this was taken with that
            // or before.
            return taken(run, commit, false);
        }
        if (commit.transition() != null && run.wake() != commit.claim().wake()) {
            return new CommitResult.Moved(run.wake(), run.cancel());
        }
        try {
            var refusals = new Refusals(tables);
            refusals.check(commit.changes());
            // Another start of an id may race with one of these; it has, or waits for, the one right to write as well.
            refusals.checkStarts(run.no(), commit.changes());
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        boolean isNew = write(run.no(), commit.changes());
        if (commit.transition() != null) {
            leave(run.no(), commit.transition());
        }
        return taken(run, commit, isNew);
    }

    /** The same inside a transaction of the application, where a record that is there already is another transaction's work. */
    CommitResult takeJoined(Commit.OfRun asked) throws SQLException {
        Commit.OfRun commit;
        try {
            commit = asked.joined();
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
        // Its BEGIN IMMEDIATE keeps reapers and take-overs out until its COMMIT, too.
        RunState run = tables.runs.byNumber(commit.claim().run());
        if (run == null || !run.isHeldAt(commit.claim().fence())) {
            return new CommitResult.Fenced();
        }
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append(var step, var isFirst)
                    && tables.steps.isClosed(run.no(), step.position())) {
                return new CommitResult.Recorded();
            }
        }
        return take(commit);
    }

    /** The answer carries the time that the records carry: of a commit that is sent again, that of the first time. */
    private CommitResult taken(RunState run, Commit.OfRun commit, boolean isNew) throws SQLException {
        long at = moment.now();
        if (!isNew) {
            for (Change change : commit.changes()) {
                Long written = change instanceof Change.Append append
                        ? tables.steps.writtenAt(run.no(), append.step().position())
                        : null;
                at = written == null ? at : written;
            }
        }
        return new CommitResult.Taken(Micros.instant(at), run.wake(), run.cancel());
    }

    /** Writes the records first, since the rest hangs on them; says whether any was new, or none was to be written. */
    private boolean write(long run, List<Change> changes) throws SQLException {
        Set<Integer> written = new HashSet<>();
        boolean anyRecord = false;
        for (Change change : changes) {
            if (change instanceof Change.Append append) {
                anyRecord = true;
                if (tables.steps.append(run, append.step(), moment)) {
                    written.add(append.step().position());
                }
            }
        }
        // A subscription hears what was not committed before it, hence also what this commit publishes.
        boolean subscribes = changes.stream().anyMatch(Change.Subscribe.class::isInstance);
        long since = subscribes ? tables.messages.lastId() : 0;
        for (Change change : changes) {
            write(run, change, written, since);
        }
        return !anyRecord || !written.isEmpty();
    }

    private void write(long run, Change change, Set<Integer> written, long since) throws SQLException {
        switch (change) {
            case Change.Append done -> {}
            case Change.Consume consume -> tables.mailboxes.consume(run, consume.seq());
            case Change.Publish publish -> {
                if (written.contains(publish.position())) {
                    publish(publish.message());
                }
            }
            case Change.Start start -> {
                if (written.contains(start.position())) {
                    tables.runs.insert(start.instance(), null, moment);
                }
            }
            case Change.Subscribe subscribe -> {
                tables.topics.declare(subscribe.topic(), subscribe.mode());
                tables.mailboxes.subscribe(run, subscribe.topic(), since);
            }
            case Change.Unsubscribe unsubscribe -> tables.mailboxes.unsubscribe(run, unsubscribe.topic());
        }
    }

    private void publish(NewMessage message) throws SQLException {
        TopicMode mode = message.mode();
        if (mode != null) {
            tables.topics.declare(message.channel(), mode);
        }
        tables.messages.publish(message, moment);
    }

    private void leave(long run, Transition transition) throws SQLException {
        switch (transition) {
            case Transition.Suspend suspend -> {
                tables.runs.suspend(run, suspend, moment);
                for (ChannelName channel : suspend.channels()) {
                    if (channel.kind() == ChannelName.Kind.TOPIC) {
                        tables.messages.offerOldest(channel);
                    }
                }
            }
            case Transition.Release release -> tables.runs.release(run, moment);
            case Transition.Stick stick -> tables.runs.stick(run, stick.diagnosis());
            case Transition.End end -> {
                if (end instanceof Transition.Fail) {
                    tables.mailboxes.rest(run);
                } else {
                    tables.mailboxes.close(run);
                }
                tables.runs.end(run, statusAfter(end), end.payload(), moment);
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
