package io.romancy.engine.replay;

import io.romancy.api.error.Failure;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.loop.Shortage;
import io.romancy.engine.seam.Observed;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One activation of a workflow, from its first line to whatever ends it: an outcome, or a reason to stop here. */
public final class WorkflowRun {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowRun.class);
    private static final String TEXT = "text";

    private final RunSession session;
    private final Endings endings;
    private final WorkflowDefinition definition;
    private final Toolbox toolbox;
    private final Attempts attempts;

    public WorkflowRun(RunSession session, WorkflowDefinition definition, Toolbox toolbox) {
        this.session = session;
        this.endings = new Endings(session);
        this.definition = definition;
        this.toolbox = toolbox;
        this.attempts = new Attempts(session, toolbox);
    }

    /** Runs on the current thread; returns how the instance ended, or null if it did not end here. Throws nothing. */
    public @Nullable Ending run() {
        session.enter();
        try {
            return toEnd(new RunContext(session, toolbox, attempts));
        } catch (Unwind unwind) {
            return stopped(unwind);
        } catch (RuntimeException | Error e) {
            // a defect of ours or of the storage
            LOG.error(
                    "Run {} ended by an unexpected failure; it will be run again",
                    session.claim().id(),
                    e);
            session.presence().endsAs(Observed.FAILED);
            session.presence().failsBy(e);
            session.host().leftBehind();
            return null;
        } finally {
            session.presence().leave();
            ThreadGuard.clear();
        }
    }

    private @Nullable Ending toEnd(RunContext context) {
        try {
            // A run that somebody held may have done what no record tells of: its code says how to undo that.
            return session.cancelReason() != null && session.claim().isFirst()
                    ? cancelled(context, null)
                    : outcome(context);
        } catch (Unwind unwind) {
            // a cancellation that was accepted ends also what is stuck, but nothing that already undoes what it did
            boolean cancelled = unwind.reason() == Unwind.Reason.CANCELLED
                    || (unwind.reason() == Unwind.Reason.STUCK && session.cancelReason() != null);
            if (!cancelled || session.compensating()) {
                throw unwind;
            }
            return cancelled(context, unwind);
        }
    }

    @SuppressWarnings("NullAway") // null is the input of a workflow that takes Void
    private @Nullable Ending outcome(RunContext context) {
        Payload result;
        try {
            Object value = definition.create().run(context, input());
            result = toolbox.codecs().encode(value, definition.output());
        } catch (Unwind unwind) {
            throw unwind;
        } catch (Throwable failure) {
            stopUnwinding();
            return Shortage.is(failure) ? stuck("The JVM could not run it: " + failure) : failed(context, failure);
        }
        stopUnwinding();
        requireNoneLeft(session.leftOver(), null);
        return ended(endings.end(new Transition.Complete(result), false), null);
    }

    /** What the workflow's code made of an {@code Unwind} counts for nothing. */
    private void stopUnwinding() {
        Unwind unwinding = session.unwinding();
        if (unwinding != null) {
            throw unwinding;
        }
    }

    /** A cancelled run that came here once ends here again; any other record is one that today's code did not come to. */
    private void requireNoneLeft(@Nullable StepRecord left, @Nullable Failure failure) {
        if (left != null) {
            throw RecordKind.of(left) == RecordKind.COMPENSATING_CANCELLED
                    ? session.unwind(Unwind.Reason.CANCELLED, session.cancelReason())
                    : Mismatch.tooMuch(session, left, failure);
        }
    }

    private @Nullable Ending failed(RunContext context, Throwable failure) {
        session.presence().failsBy(failure);
        StepRecord left = session.leftOver();
        boolean begun = left != null && RecordKind.of(left) == RecordKind.COMPENSATING_FAILED;
        if (!begun) {
            requireNoneLeft(left, left == null ? null : toolbox.failures().describe(failure));
            if (context.compensations().isEmpty()) {
                return ended(endings.end(new Transition.Fail(toolbox.failures().encode(failure)), false), failure);
            }
            if (session.cancelReason() != null) {
                throw session.unwind(Unwind.Reason.CANCELLED, session.cancelReason());
            }
        }
        List<Throwable> failures = new Saga(session, toolbox, attempts, context)
                .undo(
                        context.compensations().newestFirst(),
                        RecordKind.COMPENSATING_FAILED,
                        toolbox.failures().encode(failure));
        failures.forEach(failure::addSuppressed);
        return ended(endings.end(new Transition.Fail(toolbox.failures().encode(failure)), true), failure);
    }

    private @Nullable Object input() {
        try {
            return toolbox.codecs().decode(session.takeInput(), definition.input());
        } catch (RomancyException e) {
            throw session.unwind(
                    Unwind.Reason.STUCK,
                    "The input of '" + session.claim().id() + "' cannot be read: " + e.getMessage()
                            + " Make its type readable again, then retry the instance.");
        }
    }

    private @Nullable Ending stopped(Unwind unwind) {
        return switch (unwind.reason()) {
            case EVICTED -> null;
            case LOST -> lost();
            case LEFT -> left();
            // a cancellation that comes to here would be a defect: a person should look
            case CANCELLED, STUCK -> stuck(String.valueOf(unwind.getMessage()));
            case CLOSING -> released();
        };
    }

    private @Nullable Ending ended(@Nullable Ending ending, @Nullable Throwable failure) {
        if (ending == null) {
            return lost();
        }
        session.presence().endsAs(ending.status().name().toLowerCase(Locale.ROOT));
        toolbox.events()
                .accept(new EngineEvent.WorkflowEnded(
                        session.claim().id(), definition.route(), ending.status(), failure));
        return ending;
    }

    private @Nullable Ending lost() {
        session.presence().endsAs("lost");
        LOG.info(
                "Run {} goes on elsewhere: claim {} is no longer the newest",
                session.claim().id(),
                session.claim().fence());
        toolbox.events()
                .accept(new EngineEvent.ClaimLost(
                        session.claim().id(), session.claim().fence()));
        return null;
    }

    /** Whoever saw the storage fail has said so. */
    private @Nullable Ending left() {
        session.presence().endsAs("left");
        session.host().leftBehind();
        return null;
    }

    private @Nullable Ending cancelled(RunContext context, @Nullable Unwind why) {
        String id = session.claim().id();
        String reason = Objects.requireNonNullElse(session.cancelReason(), "");
        Saga saga = new Saga(session, toolbox, attempts, context);
        if (why != null && why.reason() == Unwind.Reason.STUCK) {
            LOG.warn(
                    "Workflow {} is cancelled although its code could not follow its history to the end; what it did after that"
                            + " is not undone. {}",
                    id,
                    why.getMessage());
            saga.lacks(new RomancyException(ErrorCode.WORKFLOW_STUCK, String.valueOf(why.getMessage())));
        }
        StepRecord left = session.leftOver();
        boolean begun = left != null && left.isCompensation();
        List<Throwable> failures = begun || !context.compensations().isEmpty()
                ? saga.undo(context.compensations().newestFirst(), RecordKind.COMPENSATING_CANCELLED, text(reason))
                : List.of();
        return ended(
                endings.end(
                        new Transition.Cancelled(Cancellation.seal(id, reason, failures, toolbox.failures())), true),
                null);
    }

    private @Nullable Ending stuck(String diagnosis) {
        if (endings.giveUp(new Transition.Stick(text(diagnosis)))) {
            session.presence().endsAs(Observed.STUCK);
            LOG.error("{}", diagnosis);
            toolbox.events()
                    .accept(new EngineEvent.WorkflowStuck(session.claim().id(), diagnosis));
        } else {
            lost();
        }
        return null;
    }

    private @Nullable Ending released() {
        if (endings.giveUp(new Transition.Release())) {
            session.presence().endsAs("released");
            toolbox.events().accept(new EngineEvent.RunReleased(session.claim().id()));
        }
        return null;
    }

    /** A sentence for people, as a reason or a diagnosis is kept. */
    public static Payload text(String sentence) {
        return new Payload(TEXT, sentence.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text(String)} wrote. */
    public static String text(@Nullable Payload payload) {
        return payload == null ? "" : new String(payload.data(), StandardCharsets.UTF_8);
    }
}
