package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.testkit.record.EngineEvents;
import io.romancy.testkit.replay.RecordedHistory;

/**
 * Romancy for tests: real engines on a database of their own, whose time can be skipped, whose notifications get lost, and whose workers die
 * on demand. As a {@code Romancy} it is the first worker that runs.
 *
 * <p>Workflows are real, and so are their threads. What differs from production are intervals (a poller looks every 20 ms), leases (3 s) and
 * the pauses between retries (some ms); {@link EngineSetup} can set them otherwise. Thread-safe. Closing it takes everything away, the
 * database too.
 */
public final class TestRomancy extends ForwardingRomancy {
    private final Fleet fleet;
    private final TestTime time;
    private final TestFaults faults;
    private final TestWorkers workers;

    TestRomancy(Fleet fleet) {
        this.fleet = fleet;
        this.time = new TestTime(fleet);
        this.faults = new TestFaults(fleet);
        this.workers = new TestWorkers(fleet);
    }

    /** For tests without {@link RomancyTest}; whoever opens it closes it. */
    public static TestRomancyBuilder builder() {
        return new TestRomancyBuilder();
    }

    /** The database's time. */
    public TestTime time() {
        return time;
    }

    /** What goes wrong with notifications. */
    public TestFaults faults() {
        return faults;
    }

    /** The engines, and their deaths. */
    public TestWorkers workers() {
        return workers;
    }

    /** What all engines report. */
    public EngineEvents events() {
        return fleet.events();
    }

    /**
     * What stands in for the bodies of the steps of this name, such as {@code charge}; with an occurrence, such as {@code charge:2}, for this
     * one alone, and before the stub of all.
     */
    public StepStub stub(String step) {
        return fleet.stubs().of(step);
    }

    /** What an instance did so far, to be kept for replay tests; one that runs is best recorded after {@code time().settle()}. */
    public RecordedHistory history(String id) {
        return RecordedHistory.of(fleet.storage(), id);
    }

    @Override
    Romancy romancy() {
        return fleet.first().romancy();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
