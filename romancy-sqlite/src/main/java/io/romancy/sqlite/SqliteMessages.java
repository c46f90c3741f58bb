package io.romancy.sqlite;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

final class SqliteMessages implements MessageStore {
    private final Readers readers;
    private final Writer writer;

    SqliteMessages(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public DispatchResult dispatch(int limit) {
        boolean any = readers.read((tables, moment) -> tables.messages.anyUndispatched());
        return any
                ? writer.write((tables, moment) -> new Dispatch(tables, moment).run(limit))
                : DispatchResult.nothing();
    }

    @Override
    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
        return readers.find((tables, moment) -> tables.topics.mode(topic))
                .orElseGet(() -> writer.write((tables, moment) -> tables.topics.declare(topic, mode)));
    }
}
