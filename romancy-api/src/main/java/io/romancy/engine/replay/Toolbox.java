package io.romancy.engine.replay;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.codec.Codecs;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.StepInterceptor;
import java.util.function.Consumer;

/** What all runs of an engine share. */
public record Toolbox(
        Codecs codecs,
        FailureCodec failures,
        RetryPolicy defaultRetry,
        WorkflowRegistry workflows,
        Consumer<EngineEvent> events,
        StepInterceptor interceptor,
        Observer observer) {

    WorkflowDefinition definition(Class<? extends Durable<?, ?>> workflow) {
        return workflows.definition(workflow);
    }

    WorkflowDefinition definition(WorkflowType<?, ?> workflow) {
        return workflows.definition(workflow);
    }
}
