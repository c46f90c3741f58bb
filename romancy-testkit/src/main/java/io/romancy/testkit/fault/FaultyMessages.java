package io.romancy.testkit.fault;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

/** The way of messages behind faults. */
record FaultyMessages(MessageStore inner, Calls calls) implements MessageStore {
    @Override
    public DispatchResult dispatch(int limit) {
        return calls.ask(StorageCall.DISPATCH, () -> inner.dispatch(limit));
    }

    @Override
    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
        return calls.ask(StorageCall.DECLARE_TOPIC, () -> inner.declareTopic(topic, mode));
    }
}
