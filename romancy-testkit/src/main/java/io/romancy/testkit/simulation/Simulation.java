package io.romancy.testkit.simulation;

import io.romancy.spi.Storage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a system many times, each time with other threads first and other things going wrong, as a seed chooses: workers that die and stand
 * still, calls and answers that are lost, notifications that do not come. Time is virtual, so that an hour of it costs nothing, and the
 * same seed does the same again, on any machine.
 *
 * <p>After each seed the promises of Romancy are held against what was recorded: every workflow ended, no step has two outcomes, nobody
 * wrote without the newest claim, what an instance received came once and in order, every event of the outbox was published and no other,
 * those of one key in the order of their commits, what is due was looked at within the poll interval, and no thread is left. What the scenario
 * says must hold comes on top. That a message came before a time-out is for it to say, and that a workflow did not fail, too.
 */
public final class Simulation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SEEDS = "romancy.simulation.seeds";
    private static final String FIRST = "romancy.simulation.first";

    private final long first;
    private final long count;
    private int workers = 2;
    private Set<SimulatedFault> faults = SimulatedFault.all();
    private Duration patience = PATIENCE;
    private UnaryOperator<Storage> storages = UnaryOperator.identity();

    private Simulation(long first, long count) {
        this.first = first;
        this.count = count;
    }

    /**
     * The first so many seeds. The system properties {@code romancy.simulation.seeds} and {@code romancy.simulation.first} take others, for
     * a run that may take its time.
     */
    public static Simulation seeds(int count) {
        long seeds = Long.getLong(SEEDS, count);
        if (seeds < 1) {
            throw new IllegalArgumentException(
                    "a simulation of " + seeds + " seeds would check nothing and pass. Take at least one.");
        }
        return new Simulation(Long.getLong(FIRST, 1), seeds);
    }

    /** One seed alone, such as one that failed. */
    public static Simulation seed(long seed) {
        return new Simulation(seed, 1);
    }

    /** How many workers there are at the beginning; 2 if nothing is said. */
    public Simulation workers(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a simulation has at least one worker, not " + number);
        }
        workers = number;
        return this;
    }

    /** Lets only these things go wrong. */
    public Simulation faults(SimulatedFault... only) {
        faults = EnumSet.noneOf(SimulatedFault.class);
        faults.addAll(Set.of(only));
        return this;
    }

    /** Puts something between the workers and the database. */
    Simulation storage(UnaryOperator<Storage> between) {
        storages = between;
        return this;
    }

    /** How long nothing may move, by the real clock, until it counts as a thread that waits for something real. */
    Simulation patience(Duration time) {
        patience = time;
        return this;
    }

    /** Runs the seeds one after the other; the first that fails ends it, with everything that is needed to understand it. */
    public SimulationReport run(SimulatedScenario scenario) {
        var plan = new SimulationPlan(scenario, workers, Set.copyOf(faults), storages, patience);
        Map<SimulatedFault, Long> met = new EnumMap<>(SimulatedFault.class);
        long decisions = 0;
        long hash = 1;
        for (long seed = first; seed < first + count; seed++) {
            var run = new SeedRun(plan, seed);
            try {
                run.run();
            } catch (Throwable failure) {
                throw new AssertionFailedError(explain(seed, run, failure), failure);
            }
            run.trace().faults().forEach((fault, times) -> met.merge(fault, (long) times, Long::sum));
            decisions += run.scheduler().decisions();
            hash = hash * 31 + run.scheduler().hash();
        }
        return new SimulationReport(count, decisions, met, hash);
    }

    private static String explain(long seed, SeedRun run, Throwable failure) {
        return "Seed " + seed + " failed: " + (failure instanceof PromiseBroken ? failure.getMessage() : failure)
                + "\nRepeat it alone with Simulation.seed(" + seed + ") in the place of Simulation.seeds(..).\n"
                + run.refusals() + run.settings() + "\n" + run.trace().describe();
    }
}
