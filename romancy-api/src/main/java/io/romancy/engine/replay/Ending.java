package io.romancy.engine.replay;

import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;

/** How an instance ended. */
public record Ending(InstanceStatus status, Payload payload) {}
