package io.romancy.testkit.memory;

/** What waits for the dispatch, by number in the order of its commit. */
sealed interface Undispatched {
    /** The instance that it is sent to is looked up at the dispatch, not before: by then another run may have its id. */
    record Post(MessageRow message) implements Undispatched {}

    /** A cancellation that was asked for inside a transaction, which only inserts. */
    record CancelRequest(String id, String reason) implements Undispatched {}
}
