package io.romancy.sqlite;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code romancy_topic}: the mode of every topic that was ever used. */
final class TopicTable {
    private static final String DECLARE = """
            INSERT INTO romancy_topic (channel, mode) VALUES (?, ?)
            """;
    private static final String MODE = "SELECT mode FROM romancy_topic WHERE channel = ?";

    private final Session session;

    TopicTable(Session session) {
        this.session = session;
    }

    @Nullable
    TopicMode mode(ChannelName topic) throws SQLException {
        return session.first(MODE, row -> TopicMode.ofCode(row.getString(1).charAt(0)), topic.text());
    }

    /** Fixes the mode if there is none, and returns the one in force. */
    TopicMode declare(ChannelName topic, TopicMode mode) throws SQLException {
        TopicMode inForce = mode(topic);
        if (inForce != null) {
            return inForce;
        }
        session.update(DECLARE, topic.text(), String.valueOf(mode.code()));
        return mode;
    }

    static RomancyException conflict(ChannelName topic, TopicMode wanted, TopicMode inForce) {
        return new RomancyException(
                ErrorCode.TOPIC_MODE_CONFLICT,
                "Topic '" + topic.name() + "' cannot be used as " + wanted + ": it was first used as " + inForce
                        + ", and the mode is the same for everybody. Use that mode or another name.");
    }
}
