package io.romancy.spi;

import io.romancy.spi.model.Claim;
import org.jspecify.annotations.Nullable;

/** A run that a node owns, with its newest fence and wake, and why its cancellation was asked for, if it was. */
public record OwnedRun(Claim claim, @Nullable String cancelReason) {}
