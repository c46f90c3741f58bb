package io.romancy.micronaut;

import io.micronaut.aop.InterceptPhase;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.romancy.api.activity.Activity;
import io.romancy.engine.replay.Attempt;
import io.romancy.spi.commit.Transaction;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Records an activity in the transaction that its call opened, if it opened one on the engine's database. Directly inside the transaction,
 * so that this is the last that happens in it.
 */
@Singleton
@InterceptorBean(Activity.class)
final class ActivityRecorder implements MethodInterceptor<Object, Object> {
    static final int ORDER = InterceptPhase.TRANSACTION.getPosition() + 1;

    private final ApplicationDatabase database;

    ActivityRecorder(ApplicationDatabase database) {
        this.database = database;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /**
     * A transaction that will not be committed is left alone: what it returns is recorded as that of any other activity, and what it throws
     * when it ends is the failure of the attempt.
     */
    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> call) {
        Attempt attempt =
                call.getAttribute(ActivityInterceptor.ATTEMPT, Attempt.class).orElse(null);
        Object result = call.proceed();
        if (attempt != null) {
            Transaction transaction = database.transaction();
            if (transaction instanceof ApplicationTransaction open && open.isWritable()) {
                attempt.recordIn(open, result);
            }
        }
        return result;
    }
}
