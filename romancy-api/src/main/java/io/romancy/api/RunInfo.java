package io.romancy.api;

import java.time.Instant;

/**
 * What a workflow can ask about itself.
 *
 * @param workflow its durable name
 * @param version the version with which the instance began
 * @param startedAt the database's time of the start
 * @param steps how many operations the code has passed so far; the same at the same place in every replay
 */
public record RunInfo(String id, String workflow, int version, Instant startedAt, int steps) {}
