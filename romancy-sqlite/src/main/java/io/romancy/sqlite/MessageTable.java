package io.romancy.sqlite;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code romancy_msg}: messages from published to dispatched. Their ids are in the order of the commits. */
final class MessageTable {
    private static final String PUBLISH = """
            INSERT INTO romancy_msg (uid, kind, channel, mode, target, sender, headers, body, at, state)
            VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (uid) DO NOTHING RETURNING id
            """;
    private static final String REQUEST_CANCEL = """
            INSERT INTO romancy_msg (kind, target, body, at, state) VALUES (1, ?, ?, ?, 0)
            """;
    private static final String NUMBER = "SELECT id FROM romancy_msg WHERE uid = ?";
    private static final String LAST_ID = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'romancy_msg'";
    private static final String ANY_UNDISPATCHED = "SELECT 1 FROM romancy_msg WHERE state = 0 LIMIT 1";
    private static final String UNDISPATCHED = """
            SELECT id, kind, channel, mode, target, CASE kind WHEN 1 THEN body END
            FROM romancy_msg WHERE state = 0 ORDER BY id LIMIT ?
            """;
    private static final String QUEUE = "UPDATE romancy_msg SET state = 1 WHERE id = ?";
    private static final String DONE = "UPDATE romancy_msg SET state = 2 WHERE id = ?";
    private static final String DELETE = "DELETE FROM romancy_msg WHERE id = ?";
    private static final String OFFER_OLDEST = """
            UPDATE romancy_msg SET state = 0
            WHERE id = (SELECT min(id) FROM romancy_msg WHERE channel = ? AND state = 1)
            """;
    private static final String ANY_OLD = """
            SELECT 1 FROM romancy_msg WHERE state = 2 AND at < ?
            AND NOT EXISTS (SELECT 1 FROM romancy_delivery d WHERE d.msg = romancy_msg.id) LIMIT 1
            """;
    private static final String PURGE = """
            DELETE FROM romancy_msg WHERE id IN (SELECT m.id FROM romancy_msg m WHERE m.state = 2 AND m.at < ?
            AND NOT EXISTS (SELECT 1 FROM romancy_delivery d WHERE d.msg = m.id) LIMIT ?)
            """;

    private final Session session;

    MessageTable(Session session) {
        this.session = session;
    }

    /** What waits for the dispatch. */
    sealed interface Undispatched {
        long id();
    }

    /** A message to an instance, which is looked up at the dispatch: by then another run may have its id. */
    record Direct(long id, ChannelName channel, String target) implements Undispatched {}

    record ToTopic(long id, ChannelName channel, TopicMode mode) implements Undispatched {}

    /** A cancellation that was asked for inside a transaction. */
    record CancelRequest(long id, String target, String reason) implements Undispatched {}

    /** Inserts a message and returns its number; null if its uid is known. */
    @Nullable
    Long publish(NewMessage message, Moment moment) throws SQLException {
        TopicMode mode = message.mode();
        return session.numberOrNull(
                PUBLISH,
                message.uid(),
                message.channel().text(),
                mode == null ? null : String.valueOf(mode.code()),
                message.target(),
                message.sender(),
                Lines.ofMap(message.headers()),
                message.payload().toBytes(),
                moment.now());
    }

    void requestCancel(String target, String reason, Moment moment) throws SQLException {
        session.update(REQUEST_CANCEL, target, reason.getBytes(StandardCharsets.UTF_8), moment.now());
    }

    /** The number of the message with this uid; null if there is none. */
    @Nullable
    Long number(String uid) throws SQLException {
        return session.numberOrNull(NUMBER, uid);
    }

    /** The number of the newest message, also if it is deleted by now. */
    long lastId() throws SQLException {
        return session.number(LAST_ID);
    }

    boolean anyUndispatched() throws SQLException {
        return session.exists(ANY_UNDISPATCHED);
    }

    List<Undispatched> undispatched(int limit) throws SQLException {
        return session.list(UNDISPATCHED, MessageTable::undispatched, limit);
    }

    /** Keeps a competing message until somebody waits for it. */
    void queue(long id) throws SQLException {
        session.update(QUEUE, id);
    }

    void done(long id) throws SQLException {
        session.update(DONE, id);
    }

    void delete(long id) throws SQLException {
        session.update(DELETE, id);
    }

    /** Somebody waits for this topic now: the oldest message that is kept is to be dispatched again. */
    void offerOldest(ChannelName topic) throws SQLException {
        session.update(OFFER_OLDEST, topic.text());
    }

    boolean anyOlderThan(long before) throws SQLException {
        return session.exists(ANY_OLD, before);
    }

    int purge(long before, int limit) throws SQLException {
        return session.update(PURGE, before, limit);
    }

    private static Undispatched undispatched(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        if (row.getInt(2) == 1) {
            return new CancelRequest(id, row.getString(5), new String(row.getBytes(6), StandardCharsets.UTF_8));
        }
        ChannelName channel = ChannelName.parse(row.getString(3));
        @Nullable String mode = row.getString(4);
        return mode == null
                ? new Direct(id, channel, row.getString(5))
                : new ToTopic(id, channel, TopicMode.ofCode(mode.charAt(0)));
    }
}
