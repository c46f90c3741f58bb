package io.romancy.testkit.fault;

/** Tells the threads that die with a process from those of whoever calls it. */
final class EngineThreads {
    private static final String PREFIX = "romancy-";

    /** Writes for callers from outside, who wait for its answers. */
    private static final String FOR_CALLERS = "romancy-commit-incoming";

    private EngineThreads() {}

    /**
     * Whether this thread works for the engine itself: it runs a workflow or a loop. A step with a timeout has a thread that is called as the
     * step is, and is told like a caller; what it makes of that is not written any more.
     */
    static boolean isCurrent() {
        String name = Thread.currentThread().getName();
        return name.startsWith(PREFIX) && !name.equals(FOR_CALLERS);
    }
}
