package io.romancy.engine.replay;

import io.romancy.api.Action;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run would have to undo. Nothing of it is recorded, so it costs nothing: each replay adds the same again. */
final class Compensations {
    private static final String PREFIX = "compensate:";

    private final RunSession session;
    private @Nullable Deque<Undo> newestFirst; // most runs that wait have nothing to undo
    private int added;

    Compensations(RunSession session) {
        this.session = session;
    }

    /** One of them, under the name that its record gets. */
    record Undo(String name, Action action) {}

    /** Adds one that the workflow names by its order. Also when it is to be cancelled: what was done before is to be undone. */
    void add(Action action) {
        if (session.compensating()) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "compensate was called in a compensation, which nothing takes back. Do it in the workflow, or let the"
                            + " step be one that can be repeated.");
        }
        push(new Undo(PREFIX + ++added, action));
    }

    /** Adds that of a completed step. A step inside a compensation has none. */
    void ofStep(String step, Action action) {
        if (!session.compensating()) {
            push(new Undo(PREFIX + step, action));
        }
    }

    List<Undo> newestFirst() {
        return newestFirst == null ? List.of() : List.copyOf(newestFirst);
    }

    boolean isEmpty() {
        return newestFirst == null;
    }

    private void push(Undo undo) {
        Deque<Undo> all = newestFirst == null ? new ArrayDeque<>() : newestFirst;
        all.push(undo);
        newestFirst = all;
    }
}
