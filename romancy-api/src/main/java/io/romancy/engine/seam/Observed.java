package io.romancy.engine.seam;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation that an {@link Observer} follows. It ends once, on any thread. */
public interface Observed {
    /** The outcome of what worked. */
    String DONE = "done";

    /** The outcome of what threw. */
    String FAILED = "failed";

    /** The outcome of an activation that parked its instance for a person. */
    String STUCK = "stuck";

    /** Nobody follows it. */
    Observed NOTHING = new Observed() {
        @Override
        public void end(String outcome, @Nullable Throwable failure) {}
    };

    /** What goes along with all that it writes: a few names and values, small, and none of the application's. Nothing by itself. */
    default Map<String, String> carried() {
        return Map.of();
    }

    /** Makes it what the calling thread is in, until that is closed on the same thread. Nowhere by itself. */
    default Inside enter() {
        return Inside.NOWHERE;
    }

    /**
     * It is over.
     *
     * @param outcome one of a few words
     * @param failure what went wrong, if something did
     */
    void end(String outcome, @Nullable Throwable failure);

    /** The time that a thread spends in an operation. */
    interface Inside extends AutoCloseable {
        Inside NOWHERE = () -> {};

        @Override
        void close();
    }
}
