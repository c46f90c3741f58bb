package io.romancy.spi.outbox;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * The outbox: events that were added in transactions of the application and are on their way out.
 *
 * <p>Keys are spread over lanes, a key always on the same one. A relayer, which is a node with a living lease, holds lanes; while it does,
 * nobody else gets events of them, so no row is locked and no connection held while it publishes. A lane whose holder has no living lease
 * goes to whoever asks next, with its fence raised: what the former holder records after that is not taken.
 *
 * <p>Of each key only the head is handed out: the oldest event that is neither published nor set aside. An event without a key is a key of
 * its own.
 */
public interface OutboxStore {
    /** How many lanes there are. */
    int LANES = 64;

    /** The longest reason that is kept, in characters. */
    int REASON_LENGTH = 1_000;

    /** The beginning of a reason that is kept. */
    static String kept(String reason) {
        return reason.substring(0, Math.min(reason.length(), REASON_LENGTH));
    }

    /**
     * Adds events inside a transaction of the application; they can be relayed after its commit, and are gone with its rollback. Only
     * inserts.
     */
    void add(Transaction transaction, List<NewEvent> events);

    /**
     * Takes free lanes until the node has its share, which is that of every living node that ever asked, and returns all that it holds.
     * Takes nothing back from others: who holds more than the share releases some when it can. Nothing for a node without a living lease.
     * Never waits for a lock.
     */
    OutboxHolding hold(NodeId node);

    /** Gives lanes back; those that are no longer held are left alone. */
    void release(NodeId node, List<OutboxLane> lanes);

    /**
     * Heads of keys that are due, of these lanes, each from behind its position on. Looks at no more than so many keys of each lane, so
     * that it takes bounded time however many keys there are, and says where to go on. Lanes that are no longer held are left out, and
     * so is everything if the node has no living lease.
     */
    OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane);

    /**
     * Records what became of heads, of a whole batch at once; returns how many were taken. Those of lanes that are no longer held are
     * not, and of each attempt only the first one is: what is recorded again, because the answer was lost, acts once.
     */
    int record(NodeId node, List<OutboxOutcome> outcomes);

    /** Events that were set aside, the one that was added last first: at most so many, of those whose number is below this one. */
    List<SetAsideEvent> setAside(long below, int limit);

    /**
     * Puts an event that was set aside back to its place among those of its key: due at once, and of age zero. False if it is not set aside.
     * Its attempts count on, so that an outcome of one before is not taken for that of one after.
     */
    boolean putBack(long number);

    /** Deletes events that were published or set aside longer ago than this; returns how many. Never waits for a lock. */
    int purge(Duration retention, int limit);

    /** How many events wait or were set aside; a number above {@link OutboxCounts#MOST} is not counted further. */
    OutboxCounts counts();
}
