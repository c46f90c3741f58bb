package io.romancy.engine.replay;

import io.romancy.engine.seam.Waiter;
import io.romancy.spi.Look;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run in memory: its claim, its place in the history, its mailbox, and what it has still to write. Used by the run's own thread, except
 * for the four methods by which the worker reaches in: {@link #offer}, {@link #notice}, {@link #abandon} and {@link #claim}.
 *
 * <p>What an operation writes is collected and sent before the next effect on the outside world: the outcome of a step is durable before
 * the body of the next one begins, and the last one travels with the completion.
 */
public final class RunSession {
    private final RunHost host;
    private final Route route;
    private final Waiter waiter;
    private final History history;
    private final Inbox inbox = new Inbox();
    private final RunClock clock;
    private final Draft draft = new Draft();
    private final Suspension suspension;
    private final Presence presence;

    private volatile Claim claim;
    private volatile @Nullable String cancelReason;
    private volatile Unwind.@Nullable Reason abandoned;

    private int position;
    private boolean subscribed;
    private @Nullable Payload input;
    private boolean compensating;
    private @Nullable Unwind unwinding;

    /** A run that was claimed, to be replayed, or one that was just born, with nothing to replay. */
    public RunSession(RunHost host, Route route, ClaimedRun run, Instant now) {
        long number = run.claim().run();
        this.host = host;
        this.route = route;
        this.claim = run.claim();
        this.waiter = host.environment().newWaiter();
        this.suspension = new Suspension(this, host, waiter);
        this.history = new History(
                run.history(), run.historyComplete(), (from, limit) -> reach(() -> host.history(number, from, limit)));
        this.clock = new RunClock(host.environment(), run.startedAt(), now);
        this.cancelReason = run.cancelReason();
        this.input = StartBody.input(run.input());
        this.presence = new Presence(host.observer(), route, claim.id(), run.input());
        inbox.show(run.mailbox(), run.mailboxComplete());
    }

    // ---- what the worker may do from other threads

    public Claim claim() {
        return claim;
    }

    public Route route() {
        return route;
    }

    /**
     * Hands a new claim to the waiting thread, if it can go on without a replay: the history changes only under an owner, and each owner
     * takes a fence, so a fence that is the next one says that nobody came between.
     */
    public boolean offer(ClaimedRun run, Instant claimedAt) {
        return run.claim().fence() == claim.fence() + 1 && suspension.offer(run, claimedAt);
    }

    /** Tells a running workflow that its cancellation was asked for, and why; the first reason counts. */
    public void notice(@Nullable String reason) {
        if (reason != null && cancelReason == null) {
            cancelReason = reason;
        }
    }

    /** Makes the thread unwind, at once if it waits, at its next operation if it runs. The first reason counts. */
    public void abandon(Unwind.Reason reason) {
        if (abandoned == null || reason == Unwind.Reason.LOST) {
            abandoned = reason;
        }
        waiter.wake();
    }

    /** Whether it has let go of its claim, as far as is known here. */
    public boolean isWaiting() {
        return suspension.isWaiting();
    }

    // ---- where the run stands

    RunHost host() {
        return host;
    }

    /** The run's thread begins. */
    void enter() {
        presence.enter(replaying(), inbox.shown());
    }

    Presence presence() {
        return presence;
    }

    /** The record of this place, which an operation asks for; a cancelled run that came here once ends here again. */
    @Nullable
    StepRecord recorded(String operation) {
        StepRecord found = history.at(position);
        if (found != null && !compensating && RecordKind.of(found) == RecordKind.COMPENSATING_CANCELLED) {
            throw unwind(Unwind.Reason.CANCELLED, cancelReason);
        }
        if (!host.goesOn(this, position, operation, found)) {
            check();
            throw unwind(Unwind.Reason.EVICTED, null);
        }
        return found;
    }

    boolean replaying() {
        return history.at(position) != null;
    }

    int position() {
        return position;
    }

    RunClock clock() {
        return clock;
    }

    public @Nullable String cancelReason() {
        return cancelReason;
    }

    /** What the instance was started with; handed out once, and not kept while the run waits. */
    Payload takeInput() {
        Payload taken = Objects.requireNonNull(input, "the input was taken before");
        input = null;
        return taken;
    }

    /** Moves past an operation whose record was read. */
    void consumed(StepRecord step) {
        position++;
        clock.recorded(step.at());
    }

    /** The time of the last record consumed, the same on every replay; so what is not written yet is written first. */
    Instant time() {
        flush();
        return clock.recordedAt();
    }

    /** Throws if the run may not go on: every operation asks first. */
    void check() {
        Unwind going = unwinding;
        if (going != null) {
            throw going;
        }
        checkNotAbandoned();
        if (cancelReason != null && !compensating) {
            throw unwind(Unwind.Reason.CANCELLED, cancelReason);
        }
    }

    /** Whether the worker wants the thread back. */
    boolean isAbandoned() {
        return abandoned != null;
    }

    /** Throws if the worker wants the thread back; a failure that it caused itself by an interrupt must not be recorded. */
    void checkNotAbandoned() {
        Unwind.Reason reason = abandoned;
        if (reason != null) {
            throw unwind(reason, null);
        }
    }

    /** Asks the storage; that it fails ends the activation. */
    <T> T reach(Supplier<T> call) {
        return Question.ask(this, call);
    }

    /** Waits a moment, or until the worker reaches in. */
    void pause(long nanos) {
        waiter.awaitUninterruptibly(nanos);
    }

    Unwind unwind(Unwind.Reason reason, @Nullable String detail) {
        var unwind = new Unwind(reason, detail);
        unwinding = unwind;
        return unwind;
    }

    /** Whether the thread is on its way out, whatever user code makes of it. */
    public @Nullable Unwind unwinding() {
        return unwinding;
    }

    // ---- what it writes

    void add(Change change) {
        draft.add(change);
    }

    /** Writes an operation's last record and moves past it. */
    void close(RecordKind kind, String name, @Nullable Payload body) {
        append(kind, name, body);
        position++;
        if (draft.isLarge() && !kind.isLast()) {
            flush();
        }
    }

    /** Writes a record of an operation that goes on; a later one takes its place. */
    void append(RecordKind kind, String name, @Nullable Payload body) {
        append(position, kind, name, body);
    }

    /** The same at a place that operations inside of this one have passed. */
    void append(int earlier, RecordKind kind, String name, @Nullable Payload body) {
        boolean isKnown = earlier < position || history.leftOver(earlier) != null;
        draft.append(new StepRecord(earlier, kind.code(compensating), name, body, Instant.EPOCH), isKnown);
    }

    /** Does this when what was written so far is durable, and never if it does not become so. */
    void onceDurable(Runnable action) {
        draft.onceDurable(action);
    }

    /** Makes durable what was written so far. */
    void flush() {
        if (!draft.isEmpty()) {
            notice(taken(send(null)).cancelReason());
        }
    }

    /** The answer with which the run goes on; it ends here with any other. */
    CommitResult.Taken taken(CommitResult.OfRun answer) {
        return switch (answer) {
            case CommitResult.Taken taken -> taken;
            case CommitResult.Fenced fenced -> throw unwind(Unwind.Reason.LOST, null);
            case CommitResult.Refused refused -> throw Mismatch.refused(this, refused.error());
            case CommitResult.Moved moved -> throw new IllegalStateException("no transition, yet " + moved);
        };
    }

    /** What the application's transaction wrote for this run is durable. */
    void joined(CommitResult.Taken taken, Commit.OfRun commit) {
        notice(taken.cancelReason());
        host.afterCommit(this, commit);
    }

    /** Writes nothing, but behind everybody who holds the run's row: what they wrote can be read from here on. */
    void touch() {
        flush();
        taken(host.commit(new Commit.OfRun(claim, List.of(), null), waiter));
    }

    private void written(Commit.OfRun commit, CommitResult.Taken taken) {
        if (commit.appends()) {
            clock.recorded(taken.at());
        }
        draft.written();
        host.afterCommit(this, commit);
    }

    /** Drops what a commit that was sent twice wrote the first time. */
    void forget() {
        draft.forget();
    }

    Suspension suspension() {
        return suspension;
    }

    /** Takes the claim that came for its waiting thread. */
    void goOn(WaitingPlace.Resumption next) {
        claim = next.run().claim();
        host.resumed(claim);
        presence.enter(true, next.run().mailbox());
        cancelReason = next.run().cancelReason();
        inbox.show(next.run().mailbox(), next.run().mailboxComplete());
        clock.looked(next.now());
        check();
    }

    /** Looks outside: at these channels, or at all of them. */
    void look(Set<ChannelName> channels) {
        flush();
        Look look = reach(() -> host.look(claim, channels)).orElseThrow(() -> unwind(Unwind.Reason.LOST, null));
        claim = claim.seen(look.wake());
        notice(look.cancelReason());
        inbox.show(look.mailbox(), look.mailboxComplete() && channels.isEmpty());
        clock.looked(look.now());
        check();
    }

    /** Takes the next message of this channel out of what the run has seen; looks again if there was more than it was shown. */
    @Nullable
    DeliveredMessage takeMessage(ChannelName channel) {
        DeliveredMessage message = inbox.take(channel);
        if (message == null && inbox.mayHoldMore()) {
            look(Set.of(channel));
            message = inbox.take(channel);
        }
        return message;
    }

    void subscribedToTopic() {
        subscribed = true;
    }

    /** Whether the run ever subscribed to a topic. */
    public boolean subscribed() {
        return subscribed;
    }

    void left(ChannelName topic) {
        inbox.leave(topic);
    }

    // ---- how it ends, or undoes what it did

    /** From here on it undoes what it did: a cancellation stops nothing any more, and records say so. */
    void compensate() {
        compensating = true;
        unwinding = null;
    }

    boolean compensating() {
        return compensating;
    }

    /** Goes on at a later place, or back to one whose record is still open. */
    void moveTo(int other) {
        position = other;
    }

    /** The first record that today's code did not come to; there must be none when it ends. */
    @Nullable
    StepRecord leftOver() {
        return history.leftOver(position);
    }

    /** Sends what is still to be written, together with the way out if there is one. Nothing is lost if it is not taken. */
    CommitResult.OfRun send(@Nullable Transition transition) {
        var commit = leaving(transition);
        return sent(commit, host.commit(commit, waiter));
    }

    Commit.OfRun leaving(@Nullable Transition transition) {
        return draft.commit(claim, transition);
    }

    /** Takes note of the answer to what was sent. */
    CommitResult.OfRun sent(Commit.OfRun commit, CommitResult.OfRun result) {
        if (result instanceof CommitResult.Taken taken) {
            written(commit, taken);
        } else if (result instanceof CommitResult.Moved moved) {
            // what came meanwhile is no reason to stay, unless the caller makes one of it
            claim = claim.seen(moved.wake());
        }
        return result;
    }

    /** Drops what the storage would not take; returns whether there was something. */
    boolean drop() {
        return draft.drop();
    }
}
