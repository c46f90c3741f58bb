package io.romancy.testkit.record;

import io.romancy.api.observe.EngineEvent;
import java.util.function.Predicate;

/**
 * Which events a test waits for, and how many of them.
 *
 * @param description what they are, to be read after "waited for"
 */
public record EventCondition(String description, Predicate<EngineEvent> matches, int times) {
    public EventCondition {
        if (times < 1) {
            throw new IllegalArgumentException("a wait is for at least 1 event, not " + times);
        }
    }

    /** One event for which this holds. */
    public static EventCondition of(String description, Predicate<EngineEvent> matches) {
        return new EventCondition(description, matches, 1);
    }

    /** One event of a kind for which this holds. */
    public static <E extends EngineEvent> EventCondition of(
            String description, Class<E> kind, Predicate<? super E> matches) {
        return of(description, event -> kind.isInstance(event) && matches.test(kind.cast(event)));
    }

    /** The same, so many times. */
    public EventCondition times(int count) {
        return new EventCondition(description, matches, count);
    }

    @Override
    public String toString() {
        return times == 1 ? description : times + " x " + description;
    }
}
