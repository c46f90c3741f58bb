package io.romancy.engine.seam;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Follows what the engine does from its beginning to its end, as spans of a trace or as durations. Called on the engine's threads, by many
 * at the same time, while a workflow waits for it: it must return quickly.
 *
 * <p>What an operation writes carries along what {@link Observed#carried} says; whoever goes on with it, in another process or days later,
 * begins with that as the cause.
 */
@FunctionalInterface
public interface Observer {
    /** Sees nothing. */
    Observer NONE = (what, cause, links) -> Observed.NOTHING;

    /**
     * Something begins, on the calling thread.
     *
     * @param cause what was carried along to here; empty if it goes on from whatever the calling thread is in
     * @param links what was carried along by others that had to do with it
     */
    Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links);

    /** Does something that begins and ends here; it is handed what it should carry along. */
    default <T> T during(Operation what, Function<Map<String, String>, T> work) {
        Observed observed = begin(what, Map.of(), List.of());
        try (var inside = observed.enter()) {
            T result = work.apply(observed.carried());
            observed.end(Observed.DONE, null);
            return result;
        } catch (RuntimeException | Error e) {
            observed.end(Observed.FAILED, e);
            throw e;
        }
    }
}
