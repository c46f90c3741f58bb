package io.romancy.engine.poll;

import java.util.Set;

/** The names of the engine's own pollers, by which handlers and events speak of them. */
public final class PollerNames {
    /** Claims what can run. */
    public static final String WORKFLOW_RESUMPTION = "workflow-resumption";

    /** Claims what sleeps, once it is due. */
    public static final String TIMER_CHECK = "timer-check";

    /** Claims what waits for a message longer than it wanted to. */
    public static final String CHANNEL_TIMEOUT = "channel-timeout";

    /** Takes published messages to those that they are for. */
    public static final String MESSAGE_DISPATCH = "message-dispatch";

    /** Relays events of the outbox. */
    public static final String OUTBOX = "outbox";

    /** Those that claim: three schedules of one thing. */
    public static final Set<String> OF_CLAIMS = Set.of(WORKFLOW_RESUMPTION, TIMER_CHECK, CHANNEL_TIMEOUT);

    private PollerNames() {}
}
