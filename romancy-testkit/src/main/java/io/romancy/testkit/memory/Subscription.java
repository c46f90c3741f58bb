package io.romancy.testkit.memory;

/**
 * A run's subscription of a topic.
 *
 * @param since the last message that was committed before; later ones are for the run
 */
record Subscription(RunRow run, long since) {}
