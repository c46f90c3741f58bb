package io.romancy.testkit.simulation;

/** Ends what a client was doing in a process that died under it. An Error, so that nobody on the way takes it for an answer. */
final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("the process died", null, false, false);
    }
}
