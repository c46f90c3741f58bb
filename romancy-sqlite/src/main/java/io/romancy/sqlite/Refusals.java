package io.romancy.sqlite;

import io.romancy.spi.commit.Change;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is checked before anything of a commit is written: a refusal, thrown here, leaves nothing behind. One for each commit. */
final class Refusals {
    private final Tables tables;
    private final Map<ChannelName, TopicMode> usedHere = new HashMap<>();

    Refusals(Tables tables) {
        this.tables = tables;
    }

    void check(List<Change> changes) throws SQLException {
        for (Change change : changes) {
            switch (change) {
                case Change.Append append ->
                    Check.text("Step name", append.step().name());
                case Change.Publish publish -> check(publish.message());
                case Change.Start start -> check(start.instance());
                case Change.Subscribe subscribe -> checkMode(subscribe.topic(), subscribe.mode());
                case Change.Consume consume -> {}
                case Change.Unsubscribe unsubscribe -> {}
            }
        }
    }

    /** Whoever started an id first has it. A start whose record is there was judged when that was written. */
    void checkStarts(long run, List<Change> changes) throws SQLException {
        Map<String, FirstStart> firstHere = new HashMap<>();
        for (Change change : changes) {
            if (change instanceof Change.Start(int position, var wanted) && !tables.steps.isClosed(run, position)) {
                FirstStart first = tables.runs.firstStart(wanted.id());
                if (first == null) {
                    first = firstHere.putIfAbsent(wanted.id(), FirstStart.of(wanted));
                }
                if (first != null && !first.isSameAs(wanted)) {
                    throw first.refusal(wanted);
                }
            }
        }
    }

    void check(NewInstance instance) {
        Check.text("Start hash", instance.startHash());
    }

    void check(NewMessage message) throws SQLException {
        message.headers().forEach((name, value) -> {
            Check.text("Message header name", name);
            Check.text("Message header", value);
        });
        String target = message.target();
        if (target != null) {
            Check.text("Message target", target);
        }
        String sender = message.sender();
        if (sender != null) {
            Check.text("Message sender", sender);
        }
        TopicMode mode = message.mode();
        if (mode != null) {
            checkMode(message.channel(), mode);
        }
    }

    private void checkMode(ChannelName topic, TopicMode mode) throws SQLException {
        TopicMode inForce = usedHere.get(topic);
        if (inForce == null) {
            inForce = tables.topics.mode(topic);
            usedHere.put(topic, inForce == null ? mode : inForce);
        }
        if (inForce != null && inForce != mode) {
            throw TopicTable.conflict(topic, mode, inForce);
        }
    }

    /** The run of an id that has not ended. */
    RunState live(String id) throws SQLException {
        RunState run = known(id);
        if (run.status().isFinal()) {
            throw new RomancyException(
                    ErrorCode.INSTANCE_ENDED,
                    "Instance '" + id + "' can no longer be reached: it is " + run.status()
                            + ", and what has ended stays so. Start another one.");
        }
        return run;
    }

    /** The run of an id that a person may let go on. */
    RunState retriable(String id) throws SQLException {
        RunState run = known(id);
        if (run.status() != InstanceStatus.STUCK && run.status() != InstanceStatus.FAILED) {
            throw new RomancyException(
                    ErrorCode.RETRY_REFUSED,
                    "Instance '" + id + "' cannot be retried: it is " + run.status()
                            + ", and only one that is STUCK or FAILED can. Wait for it, or start another one.");
        }
        return run;
    }

    private RunState known(String id) throws SQLException {
        RunState run = tables.runs.byId(id);
        if (run == null) {
            throw new RomancyException(
                    ErrorCode.INSTANCE_NOT_FOUND,
                    "Instance '" + id + "' is not known: it was never started, or its retention is over. "
                            + "Check the id.");
        }
        return run;
    }

    static RomancyException compensated(String id) {
        return new RomancyException(
                ErrorCode.COMPENSATED,
                "Instance '" + id + "' cannot be retried: it failed and then undid what it did. Start another one.");
    }

    static RomancyException misplaced(String what) {
        return new RomancyException(
                ErrorCode.WRONG_PLACE,
                what + " inside a transaction of the application is refused: rows of the engine would be changed and "
                        + "could still be rolled back. Commit it outside.");
    }
}
