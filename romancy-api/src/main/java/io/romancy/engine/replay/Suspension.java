package io.romancy.engine.replay;

import io.romancy.engine.seam.Waiter;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.ClaimedRun;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a run lets go of its claim, and how its thread, if it is kept, comes by the next one. */
final class Suspension {
    /** What became of a wish to wait. */
    private enum LetGo {
        /** The claim is given back; the thread waits for the next one. */
        KEPT,
        /** The claim is given back, and so is the thread. */
        DROPPED,
        /** Something happened meanwhile that the run has now seen. */
        STILL_HERE
    }

    /** A suspension on its way, and the answer to it. */
    private final class Departure implements Consumer<CommitResult> {
        private final Transition.Suspend suspension;
        private final Commit.OfRun commit;
        private final boolean kept;
        private volatile @Nullable CommitResult answer;

        Departure(Transition.Suspend suspension, Commit.OfRun commit, boolean kept) {
            this.suspension = suspension;
            this.commit = commit;
            this.kept = kept;
        }

        @Override
        public void accept(CommitResult result) {
            answer = result;
            waiter.wake();
        }
    }

    private final RunSession session;
    private final RunHost host;
    private final Waiter waiter;
    private final WaitingPlace place = new WaitingPlace();
    private @Nullable Departure departing;
    private volatile boolean waiting;

    Suspension(RunSession session, RunHost host, Waiter waiter) {
        this.session = session;
        this.host = host;
        this.waiter = waiter;
    }

    /** Lays a claim down for the waiting thread; false if there is none that could take it. */
    boolean offer(ClaimedRun run, Instant claimedAt) {
        boolean taken = place.offer(run, claimedAt);
        waiter.wake();
        return taken;
    }

    /**
     * Lets go of the claim and waits for a message on one of these channels or for the time. Returns when there is something to look at,
     * which need not be what was waited for; the caller looks, and waits again.
     *
     * <p>The thread may stay here for days, and the JVM keeps room for the deepest stack with which it parked last: so both waits, for the
     * answer and for the next claim, are in this one frame, and no local variable holds what was written.
     */
    void await(String operation, Set<ChannelName> channels, @Nullable Due due) {
        session.check();
        leave(channels, due);
        while (!isAnswered()) {
            waiter.awaitUninterruptibly(Long.MAX_VALUE);
        }
        switch (left(operation)) {
            case KEPT -> {
                session.presence().leave();
                WaitingPlace.Resumption next = place.take();
                while (next == null) {
                    if (session.isAbandoned() && gone()) {
                        throw session.unwind(Unwind.Reason.EVICTED, null);
                    }
                    waiter.awaitUninterruptibly(Long.MAX_VALUE);
                    next = place.take();
                }
                waiting = false;
                session.goOn(next);
            }
            case DROPPED -> throw session.unwind(Unwind.Reason.EVICTED, null);
            case STILL_HERE -> {}
        }
    }

    /** A place is kept before the commit is sent: a claim of this worker may come back sooner than the answer. */
    private void leave(Set<ChannelName> channels, @Nullable Due due) {
        var suspension = new Transition.Suspend(channels, due);
        var departure = new Departure(suspension, session.leaving(suspension), host.keep(session));
        departing = departure;
        host.submit(departure.commit, departure);
    }

    /** The waiter may be woken for other reasons; only the answer ends the wait, and there is one to everything that is submitted. */
    private boolean isAnswered() {
        Departure departure = departing;
        return departure != null && departure.answer != null;
    }

    private LetGo left(String operation) {
        Departure departure = Objects.requireNonNull(departing);
        departing = null;
        switch (session.sent(
                departure.commit, CommitResult.OfRun.to(departure.commit, Objects.requireNonNull(departure.answer)))) {
            case CommitResult.Taken taken -> {
                session.notice(taken.cancelReason());
                waiting = departure.kept;
                host.suspended(session, operation, departure.suspension, taken);
                return departure.kept ? LetGo.KEPT : LetGo.DROPPED;
            }
            case CommitResult.Moved moved -> {
                host.dismiss(session);
                session.notice(moved.cancelReason());
                session.flush();
                session.look(Set.of());
                return LetGo.STILL_HERE;
            }
            case CommitResult.Fenced fenced -> {
                // after a lost answer the commit is sent again; by then this worker may have claimed the run anew
                session.forget();
                if (gone()) {
                    throw session.unwind(Unwind.Reason.LOST, null);
                }
                host.letGo(session);
                return departure.kept ? LetGo.KEPT : LetGo.DROPPED;
            }
            case CommitResult.Refused refused -> {
                host.dismiss(session);
                throw Mismatch.refused(session, refused.error());
            }
        }
    }

    /** Whether the claim was let go of, as far as is known here, and the thread waits for the next one. */
    boolean isWaiting() {
        return waiting;
    }

    /** Leaves the waiting place, unless a claim came first: either this or {@link #offer} wins. */
    private boolean gone() {
        host.dismiss(session);
        return place.leave();
    }
}
