package io.romancy.sqlite;

import io.romancy.spi.Portion;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code romancy_delivery} and {@code romancy_sub}: the mailboxes and who hears what. A delivery's place in the order is the id of its
 * message, which is the order of the commits.
 */
final class MailboxTable {
    private static final String DELIVER = "INSERT INTO romancy_delivery (run, msg) VALUES (?, ?)";
    private static final String CONSUME = "DELETE FROM romancy_delivery WHERE run = ? AND msg = ?";
    private static final String MAILBOX = """
            SELECT m.id, m.channel, m.sender, m.headers, m.body, m.at
            FROM romancy_delivery d JOIN romancy_msg m ON m.id = d.msg WHERE d.run = ?
            """;
    private static final String IN_ORDER = " ORDER BY d.msg LIMIT ?";

    private static final String SUBSCRIBE = """
            INSERT INTO romancy_sub (channel, run, since) VALUES (?, ?, ?) ON CONFLICT (channel, run) DO NOTHING
            """;
    private static final String UNSUBSCRIBE = "DELETE FROM romancy_sub WHERE channel = ? AND run = ?";
    private static final String UNSUBSCRIBE_ALL = "DELETE FROM romancy_sub WHERE run = ?";
    private static final String SUBSCRIBERS = """
            SELECT r.no, r.id, r.route, r.state, r.fence, r.wake, r.cancel, r.waits
            FROM romancy_sub s JOIN romancy_run r ON r.no = s.run WHERE s.channel = ? AND s.since < ?
            """;
    private static final String WAITING_SUBSCRIBERS = SUBSCRIBERS + " AND r.state = 2";

    private static final String GIVE_BACK = """
            UPDATE romancy_msg SET state = 0 WHERE mode = 'c'
            AND id IN (SELECT msg FROM romancy_delivery WHERE run = ?)
            """;
    private static final String GIVE_BACK_OF = GIVE_BACK + "AND channel = ?";
    private static final String EMPTY = "DELETE FROM romancy_delivery WHERE run = ?";
    private static final String EMPTY_SOME = """
            DELETE FROM romancy_delivery WHERE run = ?1 AND msg IN (SELECT d.msg FROM romancy_delivery d
                JOIN romancy_msg m ON m.id = d.msg WHERE d.run = ?1 AND
            """;
    private static final String EMPTY_OF = EMPTY_SOME + "m.channel = ?2)";
    private static final String EMPTY_OF_COMPETING = EMPTY_SOME + "m.mode = 'c')";

    // Under such names no dispatch comes across them, however many runs have failed.
    private static final String REST = "UPDATE romancy_sub SET channel = '~' || channel WHERE run = ?";
    private static final String GO_ON = "UPDATE romancy_sub SET channel = substr(channel, 2) WHERE run = ?";

    private final Session session;

    MailboxTable(Session session) {
        this.session = session;
    }

    void deliver(long run, long message) throws SQLException {
        session.update(DELIVER, run, message);
    }

    void consume(long run, long seq) throws SQLException {
        session.update(CONSUME, run, seq);
    }

    /** What is in the mailbox from these channels (all, if none is named), in order, as far as it fits. */
    List<DeliveredMessage> messages(long run, Set<ChannelName> channels, Portion portion) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        arguments.add(run);
        String sql = MAILBOX;
        if (!channels.isEmpty()) {
            var names = channels.stream().map(ChannelName::text).toList();
            arguments.addAll(Placeholders.fill(names));
            sql += "AND m.channel IN (" + Placeholders.of(names) + ")";
        }
        arguments.add(portion.rows());
        return session.listWhile(
                sql + IN_ORDER, MailboxTable::message, message -> portion.takes(message.bytes()), arguments.toArray());
    }

    /** Subscribes, from the message after this one on; a subscription that stands goes on as it is. */
    void subscribe(long run, ChannelName topic, long since) throws SQLException {
        session.update(SUBSCRIBE, topic.text(), run, since);
    }

    /** Ends a subscription; competing messages that were not consumed are to be dispatched again. */
    void unsubscribe(long run, ChannelName topic) throws SQLException {
        if (session.update(UNSUBSCRIBE, topic.text(), run) == 1) {
            session.update(GIVE_BACK_OF, run, topic.text());
            session.update(EMPTY_OF, run, topic.text());
        }
    }

    /** Ends all subscriptions and empties the mailbox; competing messages are to be dispatched again. Returns how many rows went. */
    int close(long run) throws SQLException {
        session.update(GIVE_BACK, run);
        return session.update(UNSUBSCRIBE_ALL, run) + session.update(EMPTY, run);
    }

    /** The same for a run that failed: subscriptions and messages that are for it alone stay for a retry, heard and read by nobody. */
    void rest(long run) throws SQLException {
        session.update(REST, run);
        session.update(GIVE_BACK, run);
        session.update(EMPTY_OF_COMPETING, run);
    }

    /** Ends that rest. */
    void goOn(long run) throws SQLException {
        session.update(GO_ON, run);
    }

    /** Who hears this message of the topic. */
    List<RunState> subscribers(ChannelName topic, long message) throws SQLException {
        return session.list(SUBSCRIBERS, RunTable::state, topic.text(), message);
    }

    /** Runs that are subscribed to the topic and wait for something, whatever it is. */
    List<RunState> waitingSubscribers(ChannelName topic) throws SQLException {
        return session.list(WAITING_SUBSCRIBERS, RunTable::state, topic.text(), Long.MAX_VALUE);
    }

    private static DeliveredMessage message(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        return new DeliveredMessage(
                id,
                id,
                ChannelName.parse(row.getString(2)),
                row.getString(3),
                Lines.toMap(row.getString(4)),
                Payload.ofBytes(row.getBytes(5)),
                Micros.instant(row.getLong(6)));
    }
}
