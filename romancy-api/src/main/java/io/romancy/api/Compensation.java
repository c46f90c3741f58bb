package io.romancy.api;

/** How far a workflow is with undoing what it did. */
public enum Compensation {
    /** It undid nothing: it has not failed and was not cancelled, or there was nothing to undo. */
    NONE,
    /** Undoing is under way. */
    RUNNING,
    /** All was undone. */
    DONE,
    /** Something could not be undone; the outcome has the failures, the history says what. A person should look. */
    INCOMPLETE
}
