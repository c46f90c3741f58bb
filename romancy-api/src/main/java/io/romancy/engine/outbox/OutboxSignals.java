package io.romancy.engine.outbox;

import io.romancy.engine.notification.HintPublisher;
import io.romancy.engine.poll.PollerNames;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.EngineChannels.OutboxPending;
import io.romancy.spi.notification.Wake;
import java.util.function.BooleanSupplier;

/** Who is told that there is something in the outbox, or that its lanes are to be shared anew. May be lost, and costs time only. */
public final class OutboxSignals {
    private final Wake wake;
    private final HintPublisher hints;
    private final boolean relays;
    private final BooleanSupplier holdsAll;

    /**
     * @param relays whether this process relays
     * @param holdsAll whether it does so alone, so that nobody else need be told
     */
    public OutboxSignals(Wake wake, HintPublisher hints, boolean relays, BooleanSupplier holdsAll) {
        this.wake = wake;
        this.hints = hints;
        this.relays = relays;
        this.holdsAll = holdsAll;
    }

    /** An event was committed. */
    public void added(String id) {
        look();
        if (!relays || !holdsAll.getAsBoolean()) {
            hints.hint(EngineChannels.OUTBOX_PENDING, new OutboxPending(id));
        }
    }

    /** This process should look: something was recorded, or there is room again, or a lane may be free. */
    public void look() {
        if (relays) {
            wake.poller(PollerNames.OUTBOX);
        }
    }

    /** Other relayers should ask for their share: lanes were given up, or are wanted. */
    public void share() {
        hints.hint(EngineChannels.OUTBOX_PENDING, new OutboxPending("lanes"));
    }
}
