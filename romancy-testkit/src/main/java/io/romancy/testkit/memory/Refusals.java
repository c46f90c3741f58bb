package io.romancy.testkit.memory;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is checked before anything of a commit is written, so that a refused one leaves nothing behind. */
final class Refusals {
    private final Tables tables;

    Refusals(Tables tables) {
        this.tables = tables;
    }

    void check(List<Change> changes) {
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

    /**
     * Whoever started an id first has it, in the database or here. A start whose record is there was judged when that was written.
     */
    void checkStarts(RunRow run, List<Change> changes, Map<String, NewInstance> startedHere) {
        Map<String, NewInstance> first = new HashMap<>(startedHere);
        for (Change change : changes) {
            if (change instanceof Change.Start(int position, var wanted) && !RunCommits.isClosed(run, position)) {
                RunRow row = tables.runs.byId(wanted.id());
                NewInstance mine = first.putIfAbsent(wanted.id(), wanted);
                NewInstance existing = row == null ? mine : row.start;
                if (existing != null && !wanted.isSameStart(existing)) {
                    throw FirstStart.of(existing).refusal(wanted);
                }
            }
        }
    }

    void check(NewInstance instance) {
        Check.text("Start hash", instance.startHash());
    }

    void check(NewMessage message) {
        message.headers().forEach((name, value) -> {
            Check.text("Message header name", name);
            Check.text("Message header", value);
        });
        if (message.sender() != null) {
            Check.text("Message sender", message.sender());
        }
        if (message.mode() != null) {
            checkMode(message.channel(), message.mode());
        }
    }

    private void checkMode(ChannelName topic, TopicMode mode) {
        TopicMode inForce = tables.mail.mode(topic);
        if (inForce != null && inForce != mode) {
            throw modeConflict(topic, mode, inForce);
        }
    }

    static RomancyException modeConflict(ChannelName topic, TopicMode wanted, TopicMode inForce) {
        return new RomancyException(
                ErrorCode.TOPIC_MODE_CONFLICT,
                "Topic '" + topic.name() + "' cannot be used as " + wanted + ": it was first used as " + inForce
                        + ", and the mode is the same for everybody. Use that mode or another name.");
    }

    /** The run of an id that has not ended. */
    RunRow live(String id) {
        RunRow run = tables.runs.byId(id);
        if (run == null) {
            throw notFound(id);
        }
        if (run.status.isFinal()) {
            throw new RomancyException(
                    ErrorCode.INSTANCE_ENDED,
                    "Instance '" + id + "' has ended: it is " + run.status + ". Start another one.");
        }
        return run;
    }

    static RomancyException notFound(String id) {
        return new RomancyException(
                ErrorCode.INSTANCE_NOT_FOUND,
                "Instance '" + id + "' is not known: it was never started, or its retention is over. Check the id.");
    }

    static RomancyException retryRefused(String id, InstanceStatus status) {
        return new RomancyException(
                ErrorCode.RETRY_REFUSED,
                "Instance '" + id + "' cannot be retried: it is " + status
                        + ", and only a STUCK or FAILED one can. Start another one.");
    }

    static RomancyException compensated(String id) {
        return new RomancyException(
                ErrorCode.COMPENSATED,
                "Instance '" + id + "' cannot be retried: it failed and then undid what it did. Start another one.");
    }
}
