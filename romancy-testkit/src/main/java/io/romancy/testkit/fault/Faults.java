package io.romancy.testkit.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong between one engine and its storage, steered by a test. {@link #url} is what the engine opens; nothing goes wrong until
 * the test says so, and all that passes is kept in the {@link #log}.
 *
 * <p>Thread-safe. Faults act on calls that begin afterwards; what is frozen also keeps back the answers of calls on their way.
 */
public final class Faults implements AutoCloseable {
    private static final Map<String, Faults> BY_ID = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String id;
    private final CallRules rules;
    private final CommitFaults commits = new CommitFaults();
    private final NotificationFaults notifications;
    private final StorageLog log = new StorageLog();

    private volatile SendWatch watch = SendWatch.NONE;

    private Faults(String id, String whose, NotificationRules rules) {
        this.id = id;
        this.rules = new CallRules(whose);
        this.notifications = new NotificationFaults(rules);
    }

    /** New faults, for one engine. Closing forgets them. */
    public static Faults create() {
        return create("The engine", new NotificationRules());
    }

    /** The same for an engine that messages call by this name, with rules for notifications that several engines share. */
    public static Faults create(String whose, NotificationRules rules) {
        Faults faults = new Faults("f" + COUNTER.incrementAndGet(), whose, rules);
        BY_ID.put(faults.id, faults);
        return faults;
    }

    static Faults find(String id) {
        Faults found = BY_ID.get(id);
        if (found == null) {
            throw new IllegalArgumentException("no faults '" + id + "' in this process, or they were closed");
        }
        return found;
    }

    /** The URL by which an engine opens the storage of this URL behind these faults. */
    public String url(String inner) {
        return new FaultyUrl(id, inner).text();
    }

    /** Lets these calls fail, as when the connection breaks before anything was sent, until {@link #heal}. */
    public void fail(StorageCall first, StorageCall... more) {
        rules.failAlways(EnumSet.of(first, more));
    }

    /** Lets every call fail until {@link #heal}. */
    public void failAll() {
        rules.failAlways(StorageCall.all());
    }

    /** Lets the next calls of a kind fail. */
    public void failNext(int times, StorageCall call) {
        rules.fail(Set.of(call), times);
    }

    /** Lets the next calls of a kind throw what no storage should: an Error that says nothing of what became of the call. */
    public void breakNext(int times, StorageCall call) {
        rules.breakNext(call, times);
    }

    /** Lets the next calls of a kind take effect, and fail afterwards, as when the connection breaks before the answer. */
    public void loseAnswers(int times, StorageCall call) {
        rules.loseAnswers(call, times);
    }

    /** Lets these calls stand still until {@link #heal}. */
    public void hold(StorageCall first, StorageCall... more) {
        rules.hold(EnumSet.of(first, more));
    }

    /**
     * Lets the engine stand still from the database's point of view, as a process that was killed, or that sleeps: no call reaches the
     * storage, no answer and no notification reaches the engine. {@link #heal} is the end of the sleep.
     */
    public void freeze() {
        notifications.freeze(true);
        rules.hold(StorageCall.all());
    }

    /** Ends {@link #freeze} and no other fault. */
    public void thaw() {
        rules.thaw();
        notifications.freeze(false);
    }

    /**
     * Lets the engine die, from the database's point of view: no call reaches the storage any more and no answer the engine, also after
     * {@link #heal}. Its threads stand still until {@link #bury}, or until it gives its lease back because it is closed. Calls by threads
     * that are not its own, such as the test's, fail at once: a test that waits for a dead process would wait for ever.
     */
    public void kill() {
        rules.kill();
    }

    /** Lets the threads of a killed engine end; every call of theirs fails, and nothing is written. */
    public void bury() {
        rules.bury();
    }

    /** Whether it was not killed. */
    public boolean isAlive() {
        return rules.isAlive();
    }

    /** Looks at everything that is sent, on the engine's threads. */
    public void watch(SendWatch watcher) {
        watch = watcher;
    }

    SendWatch watch() {
        return watch;
    }

    /** Ends all faults; what was held goes on. */
    public void heal() {
        notifications.pass();
        commits.heal();
        rules.heal();
    }

    /** Faults of commits that act on what is committed. */
    public CommitFaults commits() {
        return commits;
    }

    /** Faults of notifications on their way to the engine. */
    public NotificationFaults notifications() {
        return notifications;
    }

    /** What passed. */
    public StorageLog log() {
        return log;
    }

    /** How many calls of a kind the engine has made. */
    public int calls(StorageCall call) {
        return rules.made(call);
    }

    /** How many calls have failed on purpose. */
    public int count() {
        return rules.faults();
    }

    /** Waits until so many calls have failed on purpose. */
    public void awaitCount(int least, Duration atMost) {
        rules.awaitFaults(least, atMost);
    }

    /** Waits until a call of this kind stands still. */
    public void awaitHeld(StorageCall call, Duration atMost) {
        rules.awaitHeld(call, atMost);
    }

    CallRules rules() {
        return rules;
    }

    @Override
    public void close() {
        heal();
        BY_ID.remove(id, this);
    }
}
