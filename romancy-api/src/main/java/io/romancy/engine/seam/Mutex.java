package io.romancy.engine.seam;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread in at a time, in the order of their coming; the others wait through the seam. For what is held while the storage is
 * asked. What never waits may be guarded by an ordinary lock.
 *
 * <p>Whoever leaves gives the right to the next one by name, so nobody can come between, and no wake can be lost on the way: the wait
 * ends by the state alone. Not reentrant.
 */
public final class Mutex {
    private static final long LOOK_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final Environment environment;
    private final Deque<Place> queue = new ArrayDeque<>();
    private boolean held;

    public Mutex(Environment environment) {
        this.environment = environment;
    }

    /** Does this alone. An interrupt does not end the wait for it. */
    public <T> T alone(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Does this alone if nobody else is inside, and something else instead if somebody is; waits for nobody. */
    public <T> T aloneOr(Supplier<T> work, Supplier<T> instead) {
        if (!tryEnter()) {
            return instead.get();
        }
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    private boolean tryEnter() {
        synchronized (queue) {
            boolean entered = !held;
            held = true;
            return entered;
        }
    }

    private void enter() {
        Place place;
        synchronized (queue) {
            if (!held) {
                held = true;
                return;
            }
            place = new Place(environment.newWaiter());
            queue.add(place);
        }
        while (!place.inside) {
            place.waiter.awaitUninterruptibly(LOOK_AGAIN);
        }
    }

    private void leave() {
        @Nullable Place next;
        synchronized (queue) {
            next = queue.poll();
            held = next != null;
        }
        if (next != null) {
            next.inside = true;
            next.waiter.wake();
        }
    }

    private static final class Place {
        private final Waiter waiter;
        private volatile boolean inside;

        private Place(Waiter waiter) {
            this.waiter = waiter;
        }
    }
}
