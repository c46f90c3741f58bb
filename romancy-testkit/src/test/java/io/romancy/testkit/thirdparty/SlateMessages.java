package io.romancy.testkit.thirdparty;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

final class SlateMessages implements MessageStore {
    private final SlateStorage storage;

    SlateMessages(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public DispatchResult dispatch(int limit) {
        return storage.write(content -> new Dispatching(content).run(limit));
    }

    @Override
    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
        return storage.write(content -> {
            content.modes.putIfAbsent(topic, mode);
            return content.modes.getOrDefault(topic, mode);
        });
    }
}
