package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.api.outbox.Outbox;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.SetAsideEvent;
import java.util.stream.Stream;

/**
 * The Romancy of an application under test, which its beans hold for good, while its workers come and go: in a step it is the worker that runs
 * the step, else the first that runs.
 */
final class ApplicationRomancy extends ForwardingRomancy {
    private final Fleet fleet;
    private final Outbox outbox = new ApplicationOutbox();

    ApplicationRomancy(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    Romancy romancy() {
        return fleet.meant().romancy();
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public void stopWorking() {
        fleet.running().forEach(member -> member.romancy().stopWorking());
    }

    /** With the application its workers end. */
    @Override
    public void close() {
        fleet.closeWorkers();
    }

    private final class ApplicationOutbox implements Outbox {
        private Outbox meant() {
            return romancy().outbox();
        }

        @Override
        public String add(OutboxEvent event) {
            return meant().add(event);
        }

        @Override
        public Stream<SetAsideEvent> setAside() {
            return meant().setAside();
        }

        @Override
        public boolean sendAgain(SetAsideEvent event) {
            return meant().sendAgain(event);
        }

        @Override
        public OutboxCounts counts() {
            return meant().counts();
        }
    }
}
