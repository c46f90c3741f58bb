package io.romancy.engine.replay;

import org.slf4j.MDC;

/** Says in every line that a thread logs which instance it works for. */
final class LogContext {
    /** The key of the instance's id. */
    static final String INSTANCE = "romancy.instance";

    /** The key of the workflow's name. */
    static final String WORKFLOW = "romancy.workflow";

    private LogContext() {}

    static boolean isSet() {
        return MDC.get(INSTANCE) != null;
    }

    static void set(String id, String workflow) {
        MDC.put(INSTANCE, id);
        MDC.put(WORKFLOW, workflow);
    }

    /** Leaves nothing behind with a thread that may wait for days, unless the application put something there. */
    static void clear() {
        MDC.remove(INSTANCE);
        MDC.remove(WORKFLOW);
        var left = MDC.getCopyOfContextMap();
        if (left == null || left.isEmpty()) {
            MDC.clear();
        }
    }
}
