package io.romancy.spi.model;

/** Where an instance stands. The codes are what storages keep, and never change. */
public enum InstanceStatus {
    /** Can run; waits for a worker. */
    READY(0),
    /** Claimed by a worker. */
    RUNNING(1),
    /** Suspended until a timer or a message; nobody holds it. */
    WAITING(2),
    /** Needs a person: its code and its history do not fit, or its data cannot be read. A retry goes on where it stopped. */
    STUCK(3),
    /** Ended with a result. */
    COMPLETED(4),
    /** Ended with a failure. */
    FAILED(5),
    /** Ended because somebody cancelled it. */
    CANCELLED(6);

    private static final InstanceStatus[] BY_CODE = values();

    private final int code;

    InstanceStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether the instance has ended and will never run again by itself. */
    public boolean isFinal() {
        return code >= COMPLETED.code;
    }

    /** Whether what was sent to it and accepted lies in its mailbox until somebody reads it: a retry of a failed one may. */
    public boolean keepsMail() {
        return !isFinal() || this == FAILED;
    }

    public static InstanceStatus ofCode(int code) {
        return BY_CODE[code];
    }
}
