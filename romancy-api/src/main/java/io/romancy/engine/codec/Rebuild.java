package io.romancy.engine.codec;

/**
 * How a record becomes an exception again. Chosen when the failure is encoded, and recorded by name, so that it is the same live and in
 * every replay, whatever constructors its class gets later. Constructors are preferred in the order in which they stand here.
 */
enum Rebuild {
    /** Its type has {@code (String, Throwable)}, or asks for a cause of a type that its cause has. */
    MESSAGE_AND_CAUSE,
    /** Its type has {@code (String)}. */
    MESSAGE,
    /** Its type has {@code (ErrorCode, String, Throwable)}: our own root. */
    CODE_MESSAGE_AND_CAUSE,
    /** Its type has {@code ()}. */
    NOTHING,
    /** It cannot be had again: an {@code ActivityFailedException} stands for it. */
    STAND_IN,
    /** It is an {@code ActivityFailedException} itself, recorded with the failure for which it stands. */
    ACTIVITY
}
