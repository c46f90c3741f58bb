package io.romancy.testkit.simulation;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One simulated system while a scenario arranges it, and its clock and its dice for the code that runs in it.
 *
 * <p>Steps and clients do their work on the thread that calls them and wait by {@link #pass}; a thread of their own, a real sleep or a real
 * service cannot be repeated.
 */
public final class SimulatedWorld {
    private final Scheduler scheduler;
    private final SplittableRandom dice;
    private final List<Consumer<RomancyBuilder>> setups = new ArrayList<>();
    private final List<NamedClient> clients = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    private @Nullable Surroundings surroundings;

    SimulatedWorld(Scheduler scheduler, SplittableRandom dice) {
        this.scheduler = scheduler;
        this.dice = dice;
    }

    /** What a client does. */
    @FunctionalInterface
    public interface Client {
        /** Runs on a thread of its own from the beginning; what it throws fails the seed. */
        void run(SimulatedClient client) throws Exception;
    }

    /** What must hold. */
    @FunctionalInterface
    public interface Check {
        /** Throws if it does not hold. */
        void run() throws Exception;
    }

    record NamedClient(String name, Client client) {}

    /** Registers a workflow with every worker. */
    public <I extends @Nullable Object, O extends @Nullable Object> void workflow(
            WorkflowType<I, O> type, Durable<I, O> workflow) {
        engine(builder -> builder.workflow(type, () -> workflow));
    }

    /** The same with a new object for each activation. */
    public <W extends Durable<?, ?>> void workflow(Class<W> type, Supplier<? extends W> workflow) {
        engine(builder -> builder.workflow(type, workflow));
    }

    /** Sets up every worker; what is set here counts last. */
    public void engine(Consumer<RomancyBuilder> setup) {
        setups.add(setup);
    }

    /** Adds a client. Its name appears in failures. */
    public void client(String name, Client client) {
        clients.add(new NamedClient(name, client));
    }

    /** Says what must hold once all clients are done, all workflows have ended and nothing goes wrong any more. */
    public void afterwards(Check check) {
        checks.add(check);
    }

    /** Dice that fall the same way for the same seed. */
    public RandomGenerator random() {
        return dice;
    }

    /** The engine that runs the calling step, as an application would have it injected. */
    public Romancy romancy() {
        Surroundings here = surroundings;
        if (here == null) {
            throw new IllegalStateException("No worker runs yet; ask for one in a step.");
        }
        return here.here();
    }

    /** The time of the simulation. */
    public Instant now() {
        return Surroundings.BEGIN.plusNanos(scheduler.now());
    }

    /** Lets this much time pass on the calling thread, while others do what they do. */
    public void pass(Duration time) {
        scheduler.sleep(time.toNanos());
    }

    /** The same for a time that the seed chooses, up to this one. */
    public void passUpTo(Duration most) {
        scheduler.sleep(dice.nextLong(most.toNanos() + 1));
    }

    void surroundedBy(Surroundings here) {
        surroundings = here;
    }

    List<Consumer<RomancyBuilder>> setups() {
        return setups;
    }

    List<NamedClient> clients() {
        return clients;
    }

    List<Check> checks() {
        return checks;
    }
}
