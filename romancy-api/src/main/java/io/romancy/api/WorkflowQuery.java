package io.romancy.api;

import io.romancy.spi.error.Check;
import io.romancy.spi.model.InstanceStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list. Each condition narrows the ones before.
 *
 * @param workflow only this workflow, in any version; null for all
 * @param statuses only these; empty for all
 * @param endedAfter only those that ended at this time or later; null for all
 */
public record WorkflowQuery(
        @Nullable String workflow,
        Set<InstanceStatus> statuses,
        @Nullable Instant endedAfter) {
    private static final WorkflowQuery ALL = new WorkflowQuery(null, Set.of(), null);

    public WorkflowQuery {
        statuses = Set.copyOf(statuses);
        if (workflow != null) {
            Check.name("Workflow name", workflow);
        }
    }

    /** All instances that the database still has. */
    public static WorkflowQuery all() {
        return ALL;
    }

    /** Only those of this workflow, in any version. */
    public WorkflowQuery workflow(String name) {
        return new WorkflowQuery(name, statuses, endedAfter);
    }

    /** Only those in one of these states. */
    public WorkflowQuery status(InstanceStatus first, InstanceStatus... more) {
        return new WorkflowQuery(workflow, EnumSet.of(first, more), endedAfter);
    }

    /** Only those that ended at this time or later, by the database's clock. */
    public WorkflowQuery endedAfter(Instant time) {
        return new WorkflowQuery(workflow, statuses, time);
    }
}
