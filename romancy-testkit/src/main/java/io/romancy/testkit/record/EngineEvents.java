package io.romancy.testkit.record;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.opentest4j.AssertionFailedError;

/**
 * Keeps what engines report, in the order in which it was heard, and lets a test wait for it. One recorder may listen to several engines.
 * Thread-safe; hearing never blocks for longer than a moment.
 */
public final class EngineEvents implements EngineListener {
    /** How long an event may take on a slow machine before it counts as not happening. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int SHOWN = 40;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final List<EngineEvent> events = new ArrayList<>();
    private long forgotten;

    @Override
    public void on(EngineEvent event) {
        lock.lock();
        try {
            events.add(event);
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins anew, as if nothing had been heard. A wait that goes on meanwhile keeps what it has counted. */
    public void forget() {
        lock.lock();
        try {
            forgotten += events.size();
            events.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what the condition describes was heard, also before the call; fails at the default deadline. */
    public void await(EventCondition condition) {
        await(condition, DEADLINE);
    }

    /** The same with another deadline. The failure says what was awaited and what was heard instead. */
    public void await(EventCondition condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            long next = forgotten;
            int found = 0;
            while (true) {
                for (next = Math.max(next, forgotten); next < forgotten + events.size(); next++) {
                    found += condition.matches().test(events.get((int) (next - forgotten))) ? 1 : 0;
                }
                if (found >= condition.times()) {
                    return;
                }
                if (left <= 0) {
                    throw new AssertionFailedError(explain(condition, found, atMost));
                }
                left = heard.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError(explain(condition, count(condition), atMost), e);
        } finally {
            lock.unlock();
        }
    }

    /** How often it was heard so far. */
    public int count(EventCondition condition) {
        return all(condition.matches()).size();
    }

    /** What was heard so far of a kind. */
    public <E extends EngineEvent> List<E> all(Class<E> kind) {
        return all(kind::isInstance).stream().map(kind::cast).toList();
    }

    /** What was heard so far for which this holds. */
    public List<EngineEvent> all(Predicate<EngineEvent> matches) {
        lock.lock();
        try {
            return events.stream().filter(matches).toList();
        } finally {
            lock.unlock();
        }
    }

    /** What was heard so far about one instance, in order. */
    public List<EngineEvent.OfInstance> about(String id) {
        return all(EngineEvent.OfInstance.class).stream()
                .filter(event -> event.id().equals(id))
                .toList();
    }

    private String explain(EventCondition condition, int found, Duration atMost) {
        StringBuilder text = new StringBuilder("Waited " + atMost + " for " + condition + ", heard " + found);
        List<EngineEvent> telling = events.stream()
                .filter(event -> !(event instanceof EngineEvent.PollFinished))
                .toList();
        text.append(". Of ").append(events.size()).append(" events, polls left out, the last were:");
        telling.subList(Math.max(0, telling.size() - SHOWN), telling.size())
                .forEach(event -> text.append("\n  ").append(event));
        return text.toString();
    }
}
