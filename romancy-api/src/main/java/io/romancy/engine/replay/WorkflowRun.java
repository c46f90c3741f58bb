package io.romancy.engine.replay;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.nio.charset.StandardCharsets;
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

    public WorkflowRun(RunSession session, WorkflowDefinition definition, Toolbox toolbox) {
        this.session = session;
        this.endings = new Endings(session);
        this.definition = definition;
        this.toolbox = toolbox;
    }

    /** Runs on the current thread; returns how the instance ended, or null if it did not end here. Throws nothing. */
    public @Nullable Ending run() {
        try {
            return toEnd();
        } catch (Unwind unwind) {
            return stopped(unwind);
        } catch (RuntimeException e) {
            // a defect of ours or of the storage: the claim ends with the lease or is released by the pulse
            LOG.error(
                    "Run {} ended by an unexpected failure; it will be run again",
                    session.claim().id(),
                    e);
            return null;
        } finally {
            ThreadGuard.clear();
        }
    }

    @SuppressWarnings("NullAway") // null is the input of a workflow that takes Void
    private @Nullable Ending toEnd() {
        if (session.cancelReason() != null) {
            return cancelled(session.cancelReason());
        }
        Transition.End end;
        try {
            Object result = definition.create().run(new RunContext(session, toolbox), input());
            end = new Transition.Complete(toolbox.codecs().encode(result, definition.output()));
            Unwind unwinding = session.unwinding();
            if (unwinding != null) {
                throw unwinding;
            }
        } catch (Unwind unwind) {
            throw unwind;
        } catch (Throwable failure) {
            Unwind unwinding = session.unwinding();
            if (unwinding != null) {
                throw unwinding;
            }
            if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
                throw session.unwind(Unwind.Reason.STUCK, "The JVM could not run it: " + failure);
            }
            end = new Transition.Fail(toolbox.failures().encode(failure));
        }
        StepRecord left = session.leftOver();
        if (left != null) {
            throw Mismatch.tooMuch(session, left);
        }
        return ended(endings.end(end, reason -> new Transition.Cancelled(text(reason))));
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
            case CANCELLED -> cancelled(session.cancelReason());
            case STUCK -> stuck(String.valueOf(unwind.getMessage()));
            case CLOSING -> released();
        };
    }

    private @Nullable Ending ended(@Nullable Ending ending) {
        if (ending == null) {
            return lost();
        }
        toolbox.events().accept(new EngineEvent.WorkflowEnded(session.claim().id(), ending.status()));
        return ending;
    }

    private @Nullable Ending lost() {
        LOG.info(
                "Run {} goes on elsewhere: claim {} is no longer the newest",
                session.claim().id(),
                session.claim().fence());
        toolbox.events()
                .accept(new EngineEvent.ClaimLost(
                        session.claim().id(), session.claim().fence()));
        return null;
    }

    private @Nullable Ending cancelled(@Nullable String reason) {
        Payload payload = text(reason == null ? "" : reason);
        try {
            return ended(endings.end(new Transition.Cancelled(payload), again -> new Transition.Cancelled(payload)));
        } catch (Unwind refused) {
            return stuck(String.valueOf(refused.getMessage()));
        }
    }

    private @Nullable Ending stuck(String diagnosis) {
        if (endings.giveUp(new Transition.Stick(text(diagnosis)))) {
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
