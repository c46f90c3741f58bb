package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

/** The way of messages, from inserted to delivered. */
final class PostgresMessageStore implements MessageStore {
    private final TopicModes modes;
    private final Dispatch dispatch;

    PostgresMessageStore(Database database, TopicModes modes) {
        this.modes = modes;
        this.dispatch = new Dispatch(database);
    }

    @Override
    public DispatchResult dispatch(int limit) {
        return dispatch.dispatch(limit);
    }

    @Override
    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
        return modes.declare(topic, mode);
    }
}
