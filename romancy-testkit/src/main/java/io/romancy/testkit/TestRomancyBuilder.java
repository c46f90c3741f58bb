package io.romancy.testkit;

import io.romancy.api.RomancyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Says on what a test runs. Not thread-safe. */
public final class TestRomancyBuilder {
    private final List<Consumer<RomancyBuilder>> setups = new ArrayList<>();
    private String storage = "memory";
    private int workers = 1;
    private boolean replayAlways = true;

    TestRomancyBuilder() {}

    /** {@code memory}, {@code sqlite} or {@code postgres}. Default: memory. */
    public TestRomancyBuilder storage(String kind) {
        storage = kind;
        return this;
    }

    /** How many engines share the database at the start. Default: 1. */
    public TestRomancyBuilder workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a test has at least 1 worker, not " + count);
        }
        workers = count;
        return this;
    }

    /** Whether a workflow is replayed after every wait. Default: yes. */
    public TestRomancyBuilder replayAlways(boolean always) {
        replayAlways = always;
        return this;
    }

    /** Registers workflows and sets options, once for each engine, after the testkit has set its own. */
    public TestRomancyBuilder engine(Consumer<RomancyBuilder> setup) {
        setups.add(setup);
        return this;
    }

    /** Creates the database and opens the engines. Blocks. */
    public TestRomancy open() {
        TestDatabase database = TestDatabase.create(storage);
        Fleet fleet = null;
        try {
            fleet = new Fleet(database, new OwnEngines(List.copyOf(setups), replayAlways));
            for (int i = 0; i < workers; i++) {
                fleet.add();
            }
            return new TestRomancy(fleet);
        } catch (RuntimeException | Error e) {
            if (fleet == null) {
                database.close();
            } else {
                fleet.close();
            }
            throw e;
        }
    }
}
