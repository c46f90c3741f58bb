package io.romancy.engine.worker;

import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NodeId;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Instances on their way into the database that will run here as soon as they are there, without a claim of their own. */
final class Births {
    private final Slots slots;
    private final BiFunction<ClaimedRun, Instant, Activation> launch;
    private final Runnable answerLost;
    private final Set<String> expected = ConcurrentHashMap.newKeySet();

    Births(Slots slots, BiFunction<ClaimedRun, Instant, Activation> launch, Runnable answerLost) {
        this.slots = slots;
        this.launch = launch;
        this.answerLost = answerLost;
    }

    /** A slot for this instance; null if none is free. */
    @Nullable
    Birth expect(String id, NodeId owner) {
        if (!slots.takeOne()) {
            return null;
        }
        expected.add(id);
        return new Birth(this, id, owner);
    }

    /** Whether a row of this instance that is owned by this worker has somebody who knows of it. */
    boolean isExpected(String id) {
        return expected.contains(id);
    }

    Activation born(String id, ClaimedRun run, Instant now) {
        try {
            return launch.apply(run, now);
        } finally {
            expected.remove(id);
        }
    }

    void failed(String id) {
        expected.remove(id);
        slots.free(1);
    }

    void answerLost() {
        answerLost.run();
    }
}
