package io.romancy.testkit.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One seed, from the first machine that starts to the last that is closed. */
final class SeedRun {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long STORM = TimeUnit.SECONDS.toNanos(20);
    private static final long CLOSE_DEADLINE = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_FAULTS = 12;

    private final SimulationPlan plan;
    private final Scheduler scheduler;
    private final Trace trace;
    private final SplittableRandom dice;
    private @Nullable Surroundings surroundings;

    SeedRun(SimulationPlan plan, long seed) {
        this.plan = plan;
        this.dice = new SplittableRandom(seed);
        this.scheduler = new Scheduler(dice.split());
        this.trace = new Trace(scheduler);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Trace trace() {
        return trace;
    }

    String settings() {
        return surroundings == null
                ? "nothing was set up"
                : surroundings.settings().toString();
    }

    /** Who could not begin, and why; a line for each. */
    String refusals() {
        StringBuilder text = new StringBuilder();
        if (surroundings != null) {
            for (Machine machine : surroundings.machines()) {
                if (machine.refusal() != null) {
                    text.append(machine.name())
                            .append(" did not open: ")
                            .append(machine.refusal())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Runs it to its end; throws what was broken. */
    void run() throws Throwable {
        scheduler.spawn("director", null, this::direct);
        scheduler.run(new Watch(scheduler, plan.patience()));
    }

    private void direct() {
        @Nullable Throwable failure = null;
        try {
            simulate();
            scheduler.windDown();
        } catch (Throwable e) {
            failure = e;
        }
        scheduler.finish(failure);
    }

    private void simulate() throws Exception {
        var world = new SimulatedWorld(scheduler, dice.split());
        plan.scenario().arrange(world);
        try (var here = new Surroundings(scheduler, dice.split(), trace, world.setups(), plan.storages())) {
            surroundings = here;
            world.surroundedBy(here);
            for (int i = 0; i < plan.workers(); i++) {
                here.boot();
            }
            var clients = new Clients(scheduler, here, dice.split(), trace);
            world.clients().forEach(clients::begin);
            var adversary = new Adversary(scheduler, dice.split(), here, trace, plan.faults());
            int faults = dice.nextInt(MOST_FAULTS + 1);
            scheduler.spawn("adversary", null, () -> adversary.rage(faults));
            storm(here, clients);
            adversary.stop();
            new Settling(scheduler, here, clients).await();
            new Verdict(here).pronounce();
            for (SimulatedWorld.Check check : world.checks()) {
                check.run();
            }
            close(here);
        }
    }

    /** While the adversary does what it wants; over sooner if all is done. */
    private void storm(Surroundings here, Clients clients) {
        long end = scheduler.now() + dice.nextLong(STORM);
        var settling = new Settling(scheduler, here, clients);
        while (scheduler.now() < end && !settling.isOver()) {
            scheduler.sleep(TICK);
            if (clients.areDone()) {
                settling.skipIdleTime();
            }
        }
    }

    /** Closes what lives, lets what died end, and leaves no thread behind. */
    private void close(Surroundings here) {
        for (Machine machine : here.machines()) {
            if (machine.process().isDead()) {
                machine.process().isBuried();
            }
            machine.shutDown();
        }
        long end = scheduler.now() + CLOSE_DEADLINE;
        while (scheduler.now() < end && here.machines().stream().anyMatch(SeedRun::hasThreads)) {
            scheduler.sleep(TICK);
        }
        for (Machine machine : here.machines()) {
            if (hasThreads(machine)) {
                throw new PromiseBroken(machine.name() + " was closed, and these threads of it still run: "
                        + machine.process().threads());
            }
        }
    }

    private static boolean hasThreads(Machine machine) {
        return !machine.process().threads().isEmpty();
    }
}
