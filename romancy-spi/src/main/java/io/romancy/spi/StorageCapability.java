package io.romancy.spi;

/** What a storage may or may not do. The contract suite asserts what is there, and also what is missing. */
public enum StorageCapability {
    /** Wakes other processes: {@link Storage#notificationSource()} is present. */
    NOTIFICATIONS,
    /** Several processes may use the database at the same time. */
    SEVERAL_PROCESSES,
    /** Several workers claim and commit at the same moment; otherwise one writer at a time. */
    CONCURRENT_WRITERS,
    /** What was committed survives the end of the process. */
    DURABLE
}
