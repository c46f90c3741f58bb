package io.romancy.engine;

/** Decides whether a call of the application may be made here and now. */
@FunctionalInterface
interface Admission {
    /** Throws if the engine is closed, or if a workflow's own code makes the call; the remedy is for that. */
    void require(String call, String remedy);
}
