package io.romancy.api.activity;

import java.time.Duration;
import java.util.Optional;

/** What the body of a step can ask about its attempt. Valid until the attempt ends; thread-safe; never blocks. */
public interface ActivityContext {
    /**
     * The same in every attempt of this step and in no other: hand it to services that recognise repetitions, because an attempt whose
     * process dies before its result is recorded is made again.
     */
    String idempotencyKey();

    /** Which attempt this is; the first is 1. */
    int attempt();

    /** The id of the workflow to which the step belongs. */
    String workflowId();

    /** How long until this attempt is given up; empty without a time-out. Zero or more. */
    Optional<Duration> timeLeft();
}
