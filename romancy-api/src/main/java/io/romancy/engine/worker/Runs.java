package io.romancy.engine.worker;

import io.romancy.engine.replay.RunSession;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Waiter;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The runs that this process has in memory: those at work, and those whose threads wait for a new claim. */
final class Runs {
    private final Environment environment;
    private final int mostKept;
    private final ConcurrentHashMap<Long, Activation> active = new ConcurrentHashMap<>();
    private final Set<Activation> waiting = Collections.synchronizedSet(new LinkedHashSet<>()); // the longest first
    private final Waiter emptied;

    Runs(Environment environment, int mostKept) {
        this.environment = environment;
        this.mostKept = mostKept;
        this.emptied = environment.newWaiter();
    }

    /** Enters a run; whoever ran it here before has lost its claim. */
    void enter(Activation activation) {
        Activation before = active.put(activation.run(), activation);
        if (before != null) {
            before.session().abandon(Unwind.Reason.LOST);
        }
    }

    /** Takes a run out when its thread ends; a newer activation of the same run stays. */
    void leave(Activation activation) {
        dismiss(activation);
        active.remove(activation.run(), activation);
        if (active.isEmpty()) {
            emptied.wake();
        }
    }

    /**
     * Keeps a thread that is about to wait; false if there is no room. The one that has been waiting longest makes room: its run may have
     * gone on elsewhere, and ended there, which nobody tells us.
     */
    boolean keep(Activation activation) {
        Activation longest = null;
        synchronized (waiting) {
            if (waiting.size() >= mostKept && !waiting.contains(activation)) {
                longest = longestWaiting();
                if (longest == null) {
                    return false;
                }
                waiting.remove(longest);
            }
            waiting.add(activation);
        }
        if (longest != null) {
            longest.session().abandon(Unwind.Reason.EVICTED);
        }
        return true;
    }

    /** One whose suspension is still on its way may find that it has to go on, so it is no candidate. */
    private @Nullable Activation longestWaiting() {
        for (Activation candidate : waiting) {
            if (candidate.session().isWaiting()) {
                return candidate;
            }
        }
        return null;
    }

    /** Keeps it no longer; returns whether it was kept, which one caller hears. */
    boolean dismiss(Activation activation) {
        return waiting.remove(activation);
    }

    /** The waiting thread of a run that was just claimed; it is kept no longer. */
    @Nullable
    Activation awaken(long run) {
        Activation found = active.get(run);
        return found != null && dismiss(found) ? found : null;
    }

    @Nullable
    Activation find(long run) {
        return active.get(run);
    }

    int inMemory() {
        return active.size();
    }

    int waiting() {
        return waiting.size();
    }

    Collection<Activation> all() {
        return List.copyOf(active.values());
    }

    /** Tells a running instance of this id, if there is one here, that its cancellation was accepted. */
    void cancelled(String id, String reason) {
        for (Activation activation : active.values()) {
            RunSession session = activation.session();
            if (session.claim().id().equals(id)) {
                session.notice(reason);
            }
        }
    }

    /** The claims of this worker are lost. Runs that wait hold none, and go on with the next one. */
    void abandonHolders() {
        for (Activation activation : active.values()) {
            if (!waiting.contains(activation)) {
                activation.session().abandon(Unwind.Reason.LOST);
            }
        }
    }

    void abandon(Unwind.Reason reason) {
        all().forEach(activation -> activation.session().abandon(reason));
    }

    /** Waits until no run is left, at most this long; returns whether that is so. */
    boolean awaitEmpty(Duration atMost) {
        long end = environment.nanoTime() + atMost.toNanos();
        while (!active.isEmpty()) {
            long left = end - environment.nanoTime();
            if (left <= 0) {
                return false;
            }
            emptied.awaitUninterruptibly(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
        return true;
    }
}
