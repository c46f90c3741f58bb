package io.romancy.engine.worker;

import io.romancy.spi.MessageStore;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/** The modes of topics, which never change once they are fixed, so that each is asked for once. */
public final class Topics {
    private final MessageStore messages;
    private final ConcurrentHashMap<ChannelName, TopicMode> known = new ConcurrentHashMap<>();

    public Topics(MessageStore messages) {
        this.messages = messages;
    }

    /** Makes sure that the topic has this mode; blocks for a round trip the first time. */
    public void declare(ChannelName topic, TopicMode mode) {
        TopicMode fixed = known.get(topic);
        if (fixed == null) {
            fixed = messages.declareTopic(topic, mode);
            known.put(topic, fixed);
        }
        if (fixed != mode) {
            throw new RomancyException(
                    ErrorCode.TOPIC_MODE_CONFLICT,
                    "Topic '" + topic.name() + "' is used as " + mode + " here, but it is " + fixed
                            + " since its first use. Use Topic." + fixed.name().toLowerCase(Locale.ROOT)
                            + ", or another name.");
        }
    }
}
