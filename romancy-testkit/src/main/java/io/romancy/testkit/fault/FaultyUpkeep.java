package io.romancy.testkit.fault;

import io.romancy.spi.Upkeep;
import java.time.Duration;

/** Upkeep behind faults. */
record FaultyUpkeep(Upkeep inner, Calls calls) implements Upkeep {
    @Override
    public int purge(Duration retention, int limit) {
        return calls.ask(StorageCall.UPKEEP, () -> inner.purge(retention, limit));
    }

    @Override
    public void advanceClock(Duration by) {
        calls.tell(StorageCall.UPKEEP, () -> inner.advanceClock(by));
    }
}
