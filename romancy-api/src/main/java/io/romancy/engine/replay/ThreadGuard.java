package io.romancy.engine.replay;

import io.romancy.api.WorkflowContext;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls by the thread: the workflow's own code, the body of a step, or somebody else. A context works for the first only, and
 * an injected {@code Romancy} for all but the first, where every replay would call it again.
 */
public final class ThreadGuard {
    private static final ThreadLocal<@Nullable ThreadGuard> CURRENT = new ThreadLocal<>();

    private final Thread owner = Thread.currentThread();
    private final WorkflowContext context;
    private boolean inStep;

    ThreadGuard(WorkflowContext context) {
        this.context = context;
        CURRENT.set(this);
    }

    /** The context of the workflow whose own code the calling thread runs; null on every other thread, and in the body of a step. */
    public static @Nullable WorkflowContext workflow() {
        ThreadGuard guard = CURRENT.get();
        return guard == null || guard.inStep ? null : guard.context;
    }

    /** Refuses a call that only services and steps may make. */
    public static void refuseInWorkflow(String call, String remedy) {
        ThreadGuard guard = CURRENT.get();
        if (guard != null && !guard.inStep) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    call + " was called in the body of a workflow, where each replay would call it again. " + remedy);
        }
    }

    /** Refuses a call of the context that does not come from the workflow's own code. */
    void requireWorkflow() {
        if (!Thread.currentThread().equals(owner)) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The context of a workflow was used on thread '"
                            + Thread.currentThread().getName()
                            + "', which is not the workflow's own. What it records would have no order; call it in the body"
                            + " of the workflow.");
        }
        if (inStep) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The context of a workflow was used in the body of a step, which is not replayed. Do it before or after"
                            + " the step.");
        }
    }

    void enterStep() {
        inStep = true;
    }

    void leaveStep() {
        inStep = false;
    }

    static void clear() {
        CURRENT.remove();
    }
}
