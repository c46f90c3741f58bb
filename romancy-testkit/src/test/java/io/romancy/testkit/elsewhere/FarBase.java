package io.romancy.testkit.elsewhere;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowContext;
import java.util.UUID;

/** A workflow that is inherited by classes of other packages. */
public abstract class FarBase implements Durable<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
        return input + UUID.randomUUID();
    }
}
