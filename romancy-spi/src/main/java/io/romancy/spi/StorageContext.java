package io.romancy.spi;

/**
 * What the engine tells a storage about itself.
 *
 * @param workerName the engine's label; what a database shows of its connections
 * @param notificationPrefix the prefix of the engine's notification channels
 */
public record StorageContext(String workerName, String notificationPrefix) {}
