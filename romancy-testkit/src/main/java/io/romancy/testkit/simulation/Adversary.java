package io.romancy.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Does bad things to the machines, one after the other, as the seed says, until it is told to stop. At least one machine always lives. */
final class Adversary {
    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(2);
    private static final long REPLACED_WITHIN = TimeUnit.SECONDS.toNanos(5);
    private static final double[] CHANCES = {0.05, 0.3, 1.0};
    private static final int MOST_MACHINES = 12;

    private final Scheduler scheduler;
    private final SplittableRandom dice;
    private final Surroundings surroundings;
    private final Trace trace;
    private final List<SimulatedFault> faults;
    private boolean stopped;

    Adversary(
            Scheduler scheduler,
            SplittableRandom dice,
            Surroundings surroundings,
            Trace trace,
            Set<SimulatedFault> faults) {
        this.scheduler = scheduler;
        this.dice = dice;
        this.surroundings = surroundings;
        this.trace = trace;
        this.faults = List.copyOf(faults.stream().sorted().toList());
    }

    /** Does so many things; for a thread of its own. */
    void rage(int times) {
        for (int i = 0; i < times && !faults.isEmpty(); i++) {
            scheduler.sleep(dice.nextLong(BETWEEN));
            if (stopped) {
                return;
            }
            strike(faults.get(dice.nextInt(faults.size())));
        }
    }

    /** Nothing more goes wrong, and what went wrong ends. */
    void stop() {
        stopped = true;
        for (Machine machine : surroundings.machines()) {
            machine.weather().clears();
            machine.process().goesOn();
            SimulatedSource source = machine.source();
            if (source != null) {
                source.mend();
            }
        }
        if (surroundings.living().isEmpty()) {
            surroundings.boot();
        }
        trace.happened("-", "from here on nothing goes wrong any more");
    }

    private void strike(SimulatedFault fault) {
        List<Machine> living = surroundings.living();
        if (living.isEmpty()) {
            return;
        }
        Machine victim = living.get(dice.nextInt(living.size()));
        switch (fault) {
            case DEATH -> {
                trace.done(fault, victim.name(), "dies");
                surroundings.kill(victim);
                replace();
            }
            case RESTART -> {
                if (victim.serves()) {
                    trace.done(fault, victim.name(), "is closed");
                    victim.shutDown();
                    replace();
                }
            }
            case ARRIVAL -> {
                if (surroundings.machines().size() < MOST_MACHINES) {
                    trace.done(fault, surroundings.boot().name(), "starts");
                }
            }
            case PAUSE -> {
                long pause = span();
                trace.done(fault, victim.name(), "stands still for " + text(pause));
                victim.process().pauses();
                later(pause, () -> victim.process().goesOn());
            }
            case DISCONNECT -> disconnect(victim);
            case LOST_NOTIFICATIONS,
                    LATE_NOTIFICATIONS,
                    DOUBLED_NOTIFICATIONS,
                    LOST_CALLS,
                    LOST_ANSWERS,
                    LATE_CALLS,
                    SLOW_STORAGE -> worsen(fault, victim);
        }
    }

    private void disconnect(Machine victim) {
        SimulatedSource source = victim.source();
        if (source != null) {
            long pause = span();
            trace.done(SimulatedFault.DISCONNECT, victim.name(), "hears nothing, and knows it, for " + text(pause));
            source.cut();
            later(pause, source::mend);
        }
    }

    private void worsen(SimulatedFault fault, Machine victim) {
        double chance = CHANCES[dice.nextInt(CHANCES.length)];
        long span = span();
        List<Machine> hit = new ArrayList<>(dice.nextInt(3) == 0 ? surroundings.living() : List.of(victim));
        String what = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        for (Machine machine : hit) {
            trace.done(fault, machine.name(), what + " with a chance of " + chance + " for " + text(span));
            machine.weather().set(fault, chance);
        }
        later(span, () -> hit.forEach(machine -> machine.weather().clear(fault)));
    }

    private void replace() {
        long pause = dice.nextLong(REPLACED_WITHIN);
        if (surroundings.living().isEmpty()) {
            surroundings.boot();
        } else {
            later(pause, () -> {
                if (surroundings.machines().size() < MOST_MACHINES) {
                    surroundings.boot();
                }
            });
        }
    }

    private void later(long pause, Runnable action) {
        scheduler.spawn("adversary", null, () -> {
            scheduler.sleep(pause);
            if (!stopped) {
                action.run();
            }
        });
    }

    /** From a moment to well beyond a lease. */
    private long span() {
        long lease = surroundings.settings().lease().toNanos();
        return switch (dice.nextInt(3)) {
            case 0 -> dice.nextLong(TimeUnit.MILLISECONDS.toNanos(200));
            case 1 -> dice.nextLong(lease);
            default -> lease + dice.nextLong(lease);
        };
    }

    private static String text(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
