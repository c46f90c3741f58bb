package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.BLOB;
import static io.romancy.postgres.Columns.Type.FLAG;
import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.LONG;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commits of many runs as the columns of one statement; {@link RunCommitSql} has the other end of each. */
final class RunBatch {
    private final List<Commit.OfRun> commits;
    private final Columns items = new Columns(INT, LONG, LONG, LONG, INT, LONG, FLAG, TEXT, BLOB);
    private final Columns steps = new Columns(INT, LONG, LONG, INT, INT, TEXT, BLOB);
    private final Columns consumed = new Columns(INT, LONG, LONG);
    private final Columns left = new Columns(INT, LONG, TEXT);
    private final Columns published = new Columns(LONG, INT, INT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, BLOB);
    private final Columns asked = new Columns(INT, LONG, INT, TEXT, FLAG);
    private final Columns started = new Columns(LONG, INT, TEXT, TEXT, TEXT, TEXT, TEXT, BLOB);
    private final Columns joined = new Columns(INT, LONG, TEXT, TEXT);
    private boolean stepsOnly = true;
    private boolean plain = true;
    private boolean leaving = true;
    private boolean first = true;
    private boolean failing;

    /** Commits of different runs, in order of the number of the run: in this order their rows are locked. */
    RunBatch(List<Commit.OfRun> commits) {
        this.commits = commits;
        for (Commit.OfRun commit : commits) {
            add(commit);
        }
    }

    boolean isStepsOnly() {
        return stepsOnly;
    }

    /** Whether every item only appends, or appends and leaves RUNNING. */
    boolean isPlain() {
        return plain;
    }

    /** Whether that is so and none stays RUNNING. */
    boolean isLeaving() {
        return plain && leaving;
    }

    /** Whether some item fails. */
    boolean isFailing() {
        return failing;
    }

    /** Whether no item knows of earlier records at its positions. */
    boolean isFirst() {
        return first;
    }

    void bindSteps(Params params) throws SQLException {
        items.bind(params);
        steps.bind(params);
    }

    void bindPlain(Params params) throws SQLException {
        items.bind(params);
        last().bind(params);
        steps.bind(params);
    }

    void bind(Params params) throws SQLException {
        bindPlain(params);
        for (Columns side : List.of(consumed, left, published, asked, started, joined)) {
            side.bind(params);
        }
    }

    private void add(Commit.OfRun commit) {
        int item = items.size() + 1;
        long run = commit.claim().run();
        addItem(commit, item);
        leaving &= commit.transition() != null;
        failing |= commit.transition() instanceof Transition.Fail;
        first &= RunChanges.isFirst(commit);
        for (var step : RunChanges.records(commit)) {
            steps.add(
                    item,
                    run,
                    commit.claim().fence(),
                    step.position(),
                    step.kind(),
                    step.name(),
                    Cells.bytes(step.body()));
        }
        if (RunChanges.onlyAppends(commit)) {
            return;
        }
        stepsOnly = false;
        plain &= RunChanges.isPlain(commit);
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Append append -> {} // above, each position once
                case Change.Consume(long seq) -> consumed.add(item, run, seq);
                case Change.Publish(int position, var message) -> {
                    var row = MessageRow.of(message);
                    published.add(
                            run,
                            position,
                            row.lane(),
                            row.kind(),
                            row.channel(),
                            row.uid(),
                            row.target(),
                            row.sender(),
                            row.headers(),
                            row.body());
                }
                case Change.Start(int position, var instance) -> {
                    var owner = instance.owner();
                    started.add(
                            run,
                            position,
                            instance.id(),
                            instance.route().workflow(),
                            instance.route().text(),
                            owner == null ? null : owner.toString(),
                            instance.startHash(),
                            instance.input().toBytes());
                }
                case Change.Subscribe subscribe -> {} // below, the last word on each topic
                case Change.Unsubscribe unsubscribe -> {}
            }
        }
        addTopics(commit, item);
    }

    /** What ended runs carry, a row for each item: only for statements after which runs may have ended. */
    private Columns last() {
        var last = new Columns(LONG, LONG, TEXT, BLOB);
        for (Commit.OfRun commit : commits) {
            StepRecord step = RunChanges.last(commit);
            if (step == null) {
                last.add(null, null, null, null);
            } else {
                last.add((long) step.position(), (long) step.kind(), step.name(), Cells.bytes(step.body()));
            }
        }
        return last;
    }

    private void addItem(Commit.OfRun commit, int item) {
        var claim = commit.claim();
        Transition transition = commit.transition();
        switch (transition) {
            case null ->
                items.add(item, claim.run(), claim.fence(), claim.wake(), RunCommitSql.STAYS, null, false, null, null);
            case Transition.Suspend(var channels, var due) ->
                items.add(
                        item,
                        claim.run(),
                        claim.fence(),
                        claim.wake(),
                        InstanceStatus.WAITING.code(),
                        micros(due),
                        due instanceof Due.In,
                        arrayLiteral(channels),
                        null);
            case Transition.Release() -> addState(commit, item, InstanceStatus.READY, null);
            case Transition.Stick(var diagnosis) -> addState(commit, item, InstanceStatus.STUCK, diagnosis);
            case Transition.Complete(var result) -> addState(commit, item, InstanceStatus.COMPLETED, result);
            case Transition.Fail(var failure) -> addState(commit, item, InstanceStatus.FAILED, failure);
            case Transition.Cancelled(var reason) -> addState(commit, item, InstanceStatus.CANCELLED, reason);
        }
    }

    private void addState(Commit.OfRun commit, int item, InstanceStatus status, @Nullable Payload output) {
        var claim = commit.claim();
        items.add(
                item, claim.run(), claim.fence(), claim.wake(), status.code(), null, false, null, Cells.bytes(output));
    }

    private void addTopics(Commit.OfRun commit, int item) {
        long run = commit.claim().run();
        Map<ChannelName, Change> topics = RunChanges.topics(commit);
        String prefix = commit.transition() instanceof Transition.Fail ? RunCommitSql.RESTING : "";
        topics.forEach((topic, change) -> {
            if (change instanceof Change.Subscribe(var name, TopicMode mode)) {
                joined.add(item, run, prefix + name.text(), String.valueOf(mode.code()));
            } else {
                left.add(item, run, topic.text());
            }
        });
        if (commit.transition() instanceof Transition.Suspend(var channels, var due)) {
            for (ChannelName channel : channels) {
                if (channel.kind() == ChannelName.Kind.TOPIC) {
                    boolean isNew = topics.get(channel) instanceof Change.Subscribe subscribe
                            && subscribe.mode() == TopicMode.COMPETING;
                    asked.add(item, run, Lanes.ofCompeting(channel.text()), channel.text(), isNew);
                }
            }
        }
    }

    private static @Nullable Long micros(@Nullable Due due) {
        return switch (due) {
            case null -> null;
            case Due.In(var span) -> Cells.micros(span);
            case Due.At(var time) -> Cells.micros(time);
        };
    }

    /** Any text can be a channel's name, so each is quoted. */
    private static String arrayLiteral(Set<ChannelName> channels) {
        return channels.stream()
                .map(channel -> '"' + channel.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
