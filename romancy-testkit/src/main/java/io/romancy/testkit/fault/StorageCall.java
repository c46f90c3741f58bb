package io.romancy.testkit.fault;

import java.util.EnumSet;
import java.util.Set;

/** The ways in which an engine uses its storage, as far as faults tell them apart. */
public enum StorageCall {
    CLAIM,
    /** A claim that found something, once it did. */
    FRUITFUL_CLAIM,
    COMMIT,
    COMMIT_IN_TRANSACTION,
    LOOK,
    HISTORY,
    DISPATCH,
    DECLARE_TOPIC,
    JOIN,
    RENEW,
    LEAVE,
    REAP,
    OWNED,
    /** Any question that needs no claim. */
    ASK,
    UPKEEP,
    TRANSACTION,
    /** Adding events to the outbox. */
    OUTBOX_ADD,
    /** Taking and giving back lanes of the outbox, and looking for events that are due. */
    OUTBOX_LOOK,
    /** Recording what became of events, and putting one back that was set aside. */
    OUTBOX_RECORD,
    /** Sending notifications. */
    NOTIFY;

    /** Whether the caller holds a transaction open, which ends with its process. */
    boolean isInTransaction() {
        return this == COMMIT_IN_TRANSACTION || this == OUTBOX_ADD;
    }

    /** Every call there is. */
    public static Set<StorageCall> all() {
        return EnumSet.allOf(StorageCall.class);
    }
}
