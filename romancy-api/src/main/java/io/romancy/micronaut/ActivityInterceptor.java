package io.romancy.micronaut;

import io.micronaut.aop.InterceptPhase;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.romancy.api.Step;
import io.romancy.api.StepBody;
import io.romancy.api.WorkflowContext;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.ActivityContext;
import io.romancy.engine.replay.Attempt;
import io.romancy.engine.replay.ThreadGuard;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call of an {@link Activity} a step, if the calling thread runs the code of a workflow; any other call passes. Outermost but for
 * validation, so that each attempt has its own transaction, and what is invalid is no attempt.
 */
@Singleton
@InterceptorBean(Activity.class)
final class ActivityInterceptor implements MethodInterceptor<Object, Object> {
    static final int ORDER = InterceptPhase.VALIDATE.getPosition() + 10;

    /** Where a call carries the attempt that it is the body of. */
    static final String ATTEMPT = "io.romancy.attempt";

    private final ActivityPlans plans;
    private final ApplicationDatabase database;
    private final WovenBeans beans;

    /** The attempt whose body the calling thread is about to invoke from the beginning. */
    private final ThreadLocal<@Nullable Invocation> invoking = new ThreadLocal<>();

    ActivityInterceptor(ActivityPlans plans, ApplicationDatabase database, WovenBeans beans) {
        this.plans = plans;
        this.database = database;
        this.beans = beans;
    }

    private record Invocation(Attempt attempt, MethodInvocationContext<Object, Object> call) {
        @SuppressWarnings("ReferenceEquality") // what equals of an application's bean says is another question
        boolean isOf(MethodInvocationContext<Object, Object> other) {
            return call.getTarget() == other.getTarget()
                    && call.getExecutableMethod().equals(other.getExecutableMethod());
        }
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> call) {
        WorkflowContext workflow = ThreadGuard.workflow();
        if (workflow != null) {
            refuseInATransactionOfTheWorkflow(call);
            return step(workflow, plans.of(call.getExecutableMethod()), call);
        }
        Invocation begun = invoking.get();
        if (begun != null && begun.isOf(call)) {
            invoking.remove();
            call.setAttribute(ATTEMPT, begun.attempt());
        }
        return call.proceed();
    }

    /** It would hold the run's row, which whoever records the next step waits for, and take back what is recorded already. */
    private void refuseInATransactionOfTheWorkflow(MethodInvocationContext<Object, Object> call) {
        if (database.transaction() != null) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "Activity " + call.getDeclaringType().getSimpleName() + "." + call.getMethodName()
                            + " was called inside a transaction that the workflow's own code opened. An activity has a"
                            + " transaction of its own, which its record is part of: take @Transactional away from what"
                            + " calls it, or do all of it in one activity.");
        }
    }

    @SuppressWarnings("unchecked") // the type of the step is that of the method's result
    private @Nullable Object step(
            WorkflowContext workflow, ActivityPlan plan, MethodInvocationContext<Object, Object> call) {
        var step = (Step<@Nullable Object>) plan.step();
        Undoing undo = plan.undo();
        if (undo != null) {
            Object bean = beans.before(call.getTarget(), undo.method());
            Object[] inputs = call.getParameterValues().clone();
            step = step.compensate(result -> undo.run(bean, inputs, result));
        }
        return workflow.step(step, new Body(plan, call));
    }

    private final class Body implements StepBody<@Nullable Object> {
        private final ActivityPlan plan;
        private final MethodInvocationContext<Object, Object> call;

        Body(ActivityPlan plan, MethodInvocationContext<Object, Object> call) {
            this.plan = plan;
            this.call = call;
        }

        @Override
        @SuppressWarnings("NullAway") // the result of an activity may be null
        public @Nullable Object run(ActivityContext activity) {
            Attempt attempt = (Attempt) activity;
            return attempt.attempt() == 1 || !plan.isTimed() ? proceed(call, attempt) : invoke(call, attempt);
        }
    }

    private @Nullable Object proceed(MethodInvocationContext<Object, Object> call, Attempt attempt) {
        call.setAttribute(ATTEMPT, attempt);
        return call.proceed(this);
    }

    /**
     * Goes through all interceptors anew: an earlier attempt that was given up may still be on its way through the ones of the first call,
     * which count where they are.
     */
    private @Nullable Object invoke(MethodInvocationContext<Object, Object> call, Attempt attempt) {
        invoking.set(new Invocation(attempt, call));
        try {
            return call.invoke(call.getTarget(), call.getParameterValues());
        } finally {
            invoking.remove();
        }
    }
}
