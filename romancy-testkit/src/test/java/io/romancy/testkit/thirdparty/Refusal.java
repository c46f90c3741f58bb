package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Change;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.util.List;

/** What is not taken, found before anything is written. */
final class Refusal {
    private Refusal() {}

    static void check(Content content, List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Append append ->
                    Check.text("Step name", append.step().name());
                case Change.Publish publish -> check(content, publish.message());
                case Change.Start start -> check(start.instance());
                case Change.Subscribe subscribe -> mode(content, subscribe.topic(), subscribe.mode());
                case Change.Consume consume -> {}
                case Change.Unsubscribe unsubscribe -> {}
            }
        }
    }

    static void check(NewInstance instance) {
        Check.text("Start hash", instance.startHash());
    }

    static void check(Content content, NewMessage message) {
        message.headers().forEach((name, value) -> {
            Check.text("Header name", name);
            Check.text("Header", value);
        });
        if (message.sender() != null) {
            Check.text("Sender", message.sender());
        }
        if (message.mode() != null) {
            mode(content, message.channel(), message.mode());
        }
    }

    private static void mode(Content content, ChannelName topic, TopicMode mode) {
        TopicMode inForce = content.modes.getOrDefault(topic, mode);
        if (inForce != mode) {
            throw new RomancyException(
                    ErrorCode.TOPIC_MODE_CONFLICT,
                    "Topic '" + topic.name() + "' is " + inForce + " and not " + mode + ". Use that mode.");
        }
    }

    /** The run of this id, which must be there and not have ended. */
    static Run live(Content content, String id) {
        Run run = known(content, id);
        if (run.status.isFinal()) {
            throw new RomancyException(
                    ErrorCode.INSTANCE_ENDED, "Instance '" + id + "' has ended: " + run.status + ". Start another.");
        }
        return run;
    }

    static Run known(Content content, String id) {
        Run run = content.run(id);
        if (run == null) {
            throw new RomancyException(
                    ErrorCode.INSTANCE_NOT_FOUND, "There is no instance '" + id + "'. Check the id.");
        }
        return run;
    }
}
