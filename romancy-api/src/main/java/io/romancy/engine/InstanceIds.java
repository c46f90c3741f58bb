package io.romancy.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes ids for instances that were not given one: a random beginning for each engine, then a counter. Unique like a random id, but near
 * to each other, so that the index over them grows at few places.
 */
final class InstanceIds {
    private final String beginning;
    private final AtomicLong counter = new AtomicLong();

    InstanceIds(RandomGenerator random) {
        this.beginning =
                "wf_" + Long.toUnsignedString(random.nextLong(), 36) + Long.toString(random.nextInt(1 << 30), 36) + "_";
    }

    String next() {
        return beginning + Long.toString(counter.incrementAndGet(), 36);
    }
}
