package io.romancy.testkit.memory;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

final class MemoryMessages implements MessageStore {
    private final Session session;

    MemoryMessages(Session session) {
        this.session = session;
    }

    @Override
    public DispatchResult dispatch(int limit) {
        return session.alone(tables -> new Dispatch(tables).run(limit));
    }

    @Override
    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
        return session.alone(tables -> tables.mail.declare(topic, mode));
    }
}
