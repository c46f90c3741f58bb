package io.romancy.engine.worker;

import io.romancy.engine.replay.Ending;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NodeId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An instance on its way into the database, with a slot of this worker. Exactly one of born, failed and existed is called, once. */
public final class Birth {
    private final Births births;
    private final String id;
    private final NodeId owner;

    Birth(Births births, String id, NodeId owner) {
        this.births = births;
        this.id = id;
        this.owner = owner;
    }

    public NodeId owner() {
        return owner;
    }

    /** It is durable and ours: runs it. The future says how it ended; null if it did not end here. */
    public CompletableFuture<@Nullable Ending> born(ClaimedRun run, Instant now) {
        return births.born(id, run, now).ending();
    }

    /** It was not started, or is not ours. */
    public void failed() {
        births.failed(id);
    }

    /** The id was there already: as that of another start, or of this one, whose first answer was lost. */
    public void existed() {
        births.failed(id);
        births.answerLost();
    }
}
