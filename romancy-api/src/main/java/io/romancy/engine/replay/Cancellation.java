package io.romancy.engine.replay;

import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.spi.model.Payload;
import java.util.List;
import java.util.Map;

/** What is kept of a cancellation: the reason as it is, and with it what could not be undone. */
public final class Cancellation {
    private static final String REASON = "reason";

    private Cancellation() {}

    static Payload seal(String id, String reason, List<Throwable> failures, FailureCodec codec) {
        if (failures.isEmpty()) {
            return WorkflowRun.text(reason);
        }
        var cancelled = new WorkflowCancelledException(id, reason);
        failures.forEach(cancelled::addSuppressed);
        return Envelope.seal(Map.of(REASON, reason), codec.encode(cancelled));
    }

    /** The exception for who asks for the result; what could not be undone is suppressed in it, and needs none of its classes here. */
    public static WorkflowCancelledException open(String id, Payload payload, FailureCodec codec) {
        if (!Envelope.isOne(payload)) {
            return new WorkflowCancelledException(id, WorkflowRun.text(payload));
        }
        Envelope envelope = Envelope.open(payload);
        var cancelled = new WorkflowCancelledException(id, envelope.fields().text(REASON));
        codec.describe(envelope.content())
                .suppressed()
                .forEach(failure -> cancelled.addSuppressed(new ActivityFailedException(failure, null)));
        return cancelled;
    }
}
