package io.romancy.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * How an instance stands for somebody who waits for its end.
 *
 * @param payload the result if COMPLETED; failure, reason or diagnosis if FAILED, CANCELLED or STUCK; null while it goes on
 */
public record Outcome(
        String id, InstanceStatus status, @Nullable Payload payload) {}
