package io.romancy.engine.replay;

import io.romancy.engine.seam.Waiter;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.ClaimedRun;
import java.time.Instant;
import java.util.Set;
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

    private final RunSession session;
    private final RunHost host;
    private final Waiter waiter;
    private final WaitingPlace place = new WaitingPlace();

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

    /** Returns when there is something to look at, under whatever claim the run then has. */
    void wait(String operation, Set<ChannelName> channels, @Nullable Due due) {
        // apart, so that the stack of a thread that waits holds nothing of what was written
        switch (letGo(operation, channels, due)) {
            case KEPT -> session.goOn(nextClaim());
            case DROPPED -> throw session.unwind(Unwind.Reason.EVICTED, null);
            case STILL_HERE -> {}
        }
    }

    private LetGo letGo(String operation, Set<ChannelName> channels, @Nullable Due due) {
        var suspension = new Transition.Suspend(channels, due);
        boolean kept = host.keep(session);
        switch (session.leave(suspension)) {
            case CommitResult.Taken taken -> {
                session.notice(taken.cancelReason());
                host.suspended(session, operation, suspension, taken);
                return kept ? LetGo.KEPT : LetGo.DROPPED;
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
                return kept ? LetGo.KEPT : LetGo.DROPPED;
            }
            case CommitResult.Refused refused -> {
                host.dismiss(session);
                throw Mismatch.refused(session, refused.error());
            }
        }
    }

    private WaitingPlace.Resumption nextClaim() {
        WaitingPlace.Resumption next = place.take();
        while (next == null) {
            if (session.isAbandoned() && gone()) {
                throw session.unwind(Unwind.Reason.EVICTED, null);
            }
            waiter.awaitUninterruptibly(Long.MAX_VALUE);
            next = place.take();
        }
        return next;
    }

    /** Leaves the waiting place, unless a claim came first: either this or {@link #offer} wins. */
    private boolean gone() {
        host.dismiss(session);
        return place.leave();
    }
}
