package io.romancy.spi.error;

/**
 * Every refusal and failure that Romancy reports, each with a stable number. The number leads a reader from a log line to the page
 * that explains it; names may change between releases, numbers never do.
 */
public enum ErrorCode {
    // 1000: configuration and start
    INVALID_OPTION(1001),
    NO_STORAGE_PROVIDER(1002),
    SEVERAL_STORAGE_PROVIDERS(1003),
    STORAGE_UNREACHABLE(1004),
    STORAGE_CREDENTIALS(1005),
    STORAGE_FILE(1006),
    SCHEMA_TOO_OLD(1007),
    SCHEMA_TOO_NEW(1008),
    NOTIFICATIONS_UNSUPPORTED(1009),
    PLUGIN_BROKEN(1010),
    DUPLICATE_NAME(1011),
    NO_ENGINE(1012),
    MIGRATION_FAILED(1013),
    NOT_DURABLE(1014),

    // 2000: what a caller asked for
    INVALID_ARGUMENT(2001),
    WORKFLOW_UNKNOWN(2002),
    INSTANCE_NOT_FOUND(2003),
    INSTANCE_ENDED(2004),
    START_CONFLICT(2005),
    TOPIC_MODE_CONFLICT(2006),
    NOT_SUBSCRIBED(2007),
    RESULT_TIMEOUT(2008),
    WRONG_PLACE(2009),
    CLOSED(2010),
    RETRY_REFUSED(2011),
    TOO_LARGE(2012),
    COMPENSATED(2013),
    NO_TRANSACTION(2014),

    // 3000: what happened to a run
    WORKFLOW_FAILED(3001),
    WORKFLOW_CANCELLED(3002),
    ACTIVITY_FAILED(3003),
    TERMINAL(3004),
    RETRY_LATER(3005),
    STEP_TIMEOUT(3006),
    NON_DETERMINISM(3007),
    WORKFLOW_STUCK(3008),
    EVENT_REJECTED(3009),

    // 4000: data
    PAYLOAD_UNREADABLE(4001),
    PAYLOAD_UNWRITABLE(4002),
    HISTORY_UNREADABLE(4003),

    // 5000: the storage at run time
    STORAGE_FAILED(5001),
    STORAGE_REFUSED(5002),
    STORAGE_BUSY(5003),
    STORAGE_CLOSED(5004),
    NOTIFICATION_FAILED(5005);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The code as it stands in messages and in the guide, such as {@code ROM-1002}. */
    public String id() {
        return "ROM-" + number;
    }
}
