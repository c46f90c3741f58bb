package io.romancy.testkit.simulation;

import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees the calls of the publishers of one worker. */
record Publishing(SimulatedProcess process, EventLedger ledger, Trace trace, Scheduler scheduler) implements Observer {
    @Override
    public Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links) {
        // The threads of a dead process only run to their ends, when all has been judged.
        if (!(what instanceof Operation.PublishEvent event) || process.isDead()) {
            return Observed.NOTHING;
        }
        trace.happened(process.name(), "publishes event " + event.id() + ", attempt " + event.attempt());
        scheduler.hold(() -> ledger.published(process.name(), event.id()));
        return new Call(event.id());
    }

    private final class Call implements Observed {
        private final String id;

        private Call(String id) {
            this.id = id;
        }

        @Override
        public void end(String outcome, @Nullable Throwable failure) {
            if (outcome.equals(DONE)) {
                ledger.arrived(process.name(), id);
            }
        }
    }
}
