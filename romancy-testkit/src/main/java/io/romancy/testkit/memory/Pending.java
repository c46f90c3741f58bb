package io.romancy.testkit.memory;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.TopicMode;
import io.romancy.spi.outbox.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a transaction will do: it sees what is committed and its own, and nobody sees it before the end. */
final class Pending {
    private final List<Taken> taken = new ArrayList<>();
    private final Map<String, NewInstance> started = new HashMap<>();
    private final Map<String, MessageRow> published = new HashMap<>();
    private final Map<ChannelName, TopicMode> declared = new HashMap<>();
    private final List<Added> events = new ArrayList<>();
    private @Nullable RunRow joined;

    /** What was written when; it appears at the end. */
    private record Taken(Commit commit, Instant at) {}

    /** An event of the outbox. */
    private record Added(NewEvent event, Instant at) {}

    CommitResult take(Tables tables, Commit commit) {
        var refusals = new Refusals(tables);
        try {
            return switch (commit) {
                case Commit.Start start -> start(tables, refusals, start);
                case Commit.Publish publish -> publish(tables, refusals, publish);
                case Commit.Cancel cancel -> {
                    Check.text("Cancel reason", cancel.reason());
                    requireLive(refusals, cancel.id());
                    yield accept(tables, cancel);
                }
                case Commit.Retry retry -> throw misplaced("A retry");
                case Commit.OfRun ofRun -> join(tables, refusals, ofRun);
            };
        } catch (RomancyException e) {
            return new CommitResult.Refused(e);
        }
    }

    /** Locks the run, as it were, until the transaction ends: so a claim that holds now holds then. */
    private CommitResult join(Tables tables, Refusals refusals, Commit.OfRun ofRun) {
        Commit.OfRun commit = ofRun.joined();
        RunRow run = tables.runs.byNumber(commit.claim().run());
        if (run == null || !run.isHeldAt(commit.claim().fence())) {
            return new CommitResult.Fenced();
        }
        if (RunCommits.isRecorded(run, commit)) {
            return new CommitResult.Recorded();
        }
        refusals.check(commit.changes());
        refusals.checkStarts(run, commit.changes(), started);
        remember(commit);
        run.joined = true;
        joined = run;
        Instant now = tables.clock.now();
        taken.add(new Taken(commit, now));
        return new CommitResult.Taken(now, run.wake, run.cancelReason);
    }

    /** What the run starts is looked at again at the end, as what the application started: somebody may commit before. */
    private void remember(Commit.OfRun commit) {
        Set<Integer> appended = new HashSet<>();
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append append) {
                appended.add(append.step().position());
            }
        }
        for (Change change : commit.changes()) {
            if (change instanceof Change.Start(int position, var child) && appended.contains(position)) {
                started.putIfAbsent(child.id(), child);
            }
        }
    }

    /** Lets go of what was held, at the end of the transaction. */
    void release() {
        if (joined != null) {
            joined.joined = false;
        }
    }

    private CommitResult start(Tables tables, Refusals refusals, Commit.Start start) {
        NewInstance wanted = start.instance();
        refusals.check(wanted);
        RunRow committed = tables.runs.byId(wanted.id());
        NewInstance existing = committed == null ? started.get(wanted.id()) : committed.start;
        if (existing == null) {
            started.put(wanted.id(), wanted);
            return accept(tables, start);
        }
        if (wanted.isSameStart(existing)) {
            return new CommitResult.Existing();
        }
        throw FirstStart.of(existing).refusal(wanted);
    }

    private CommitResult publish(Tables tables, Refusals refusals, Commit.Publish publish) {
        var message = publish.message();
        Long known = tables.mail.numberOf(message.uid());
        if (known != null) {
            return new CommitResult.Accepted(tables.clock.now(), known);
        }
        refusals.check(message);
        if (message.target() != null) {
            requireLive(refusals, message.target());
        }
        if (message.mode() != null) {
            TopicMode before = declared.putIfAbsent(message.channel(), message.mode());
            if (before != null && before != message.mode()) {
                throw Refusals.modeConflict(message.channel(), message.mode(), before);
            }
        }
        Instant now = tables.clock.now();
        MessageRow row = published.get(message.uid());
        if (row == null) {
            row = new MessageRow(tables.mail.nextNumber(), message, now);
            published.put(message.uid(), row);
            taken.add(new Taken(publish, now));
        }
        return new CommitResult.Accepted(now, row.id);
    }

    private void requireLive(Refusals refusals, String id) {
        if (!started.containsKey(id)) {
            refusals.live(id);
        }
    }

    private CommitResult accept(Tables tables, Commit commit) {
        Instant now = tables.clock.now();
        taken.add(new Taken(commit, now));
        return new CommitResult.Accepted(now);
    }

    void add(List<NewEvent> more, Instant at) {
        more.forEach(event -> events.add(new Added(event, at)));
    }

    /** Two transactions may have taken one id or topic for different things: the first to commit has it, the other is told here. */
    void apply(Tables tables) {
        started.forEach((id, wanted) -> {
            RunRow other = tables.runs.byId(id);
            if (other != null && !wanted.isSameStart(other.start)) {
                throw overtaken("instance '" + id + "'");
            }
        });
        declared.forEach((topic, mode) -> {
            TopicMode inForce = tables.mail.mode(topic);
            if (inForce != null && inForce != mode) {
                throw overtaken("topic '" + topic.name() + "'");
            }
        });
        for (Taken one : taken) {
            if (one.commit() instanceof Commit.OfRun ofRun && RunCommits.isLost(tables, ofRun)) {
                throw overtaken("the run of '" + ofRun.claim().id() + "'");
            }
        }
        events.forEach(added -> tables.outbox.add(added.event(), added.at()));
        for (Taken one : taken) {
            switch (one.commit()) {
                case Commit.Start start -> {
                    if (tables.runs.byId(start.instance().id()) == null) {
                        tables.runs.insertReady(start.instance(), one.at());
                    }
                }
                case Commit.Publish publish ->
                    tables.mail.commit(Objects.requireNonNull(
                            published.get(publish.message().uid())));
                case Commit.Cancel cancel -> tables.mail.requestCancel(cancel.id(), cancel.reason());
                case Commit.Retry retry -> throw misplaced("A retry");
                case Commit.OfRun ofRun -> new RunCommits(tables).apply(ofRun, one.at());
            }
        }
    }

    private static StorageException overtaken(String what) {
        return new StorageException(
                ErrorCode.STORAGE_BUSY,
                "The transaction was rolled back: another one that committed first took " + what
                        + " for something else. Run it again, and it will be refused with the reason.",
                null,
                true);
    }

    private static RomancyException misplaced(String what) {
        return new RomancyException(
                ErrorCode.WRONG_PLACE,
                what
                        + " inside a transaction of the application is refused: it would lock rows of the engine until the "
                        + "transaction ends. Commit it outside.");
    }
}
