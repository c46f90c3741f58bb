package io.romancy.testkit.simulation;

import io.romancy.api.Romancy;
import io.romancy.spi.error.RomancyException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker of a simulation: its process, its engine, and what goes wrong around it. */
final class Machine {
    private static final long RESTART = TimeUnit.SECONDS.toNanos(1);

    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final Weather weather;
    private final Opening opening;
    private Runnable sweep = () -> {};
    private @Nullable SimulatedSource source;
    private @Nullable Romancy romancy;
    private @Nullable RomancyException refusal;
    private boolean closing;

    /** Puts an engine together on a machine. */
    @FunctionalInterface
    interface Opening {
        Romancy open(Machine machine);
    }

    Machine(Scheduler scheduler, SimulatedProcess process, Weather weather, Opening opening) {
        this.scheduler = scheduler;
        this.process = process;
        this.weather = weather;
        this.opening = opening;
    }

    SimulatedProcess process() {
        return process;
    }

    Weather weather() {
        return weather;
    }

    String name() {
        return process.name();
    }

    void hasSource(SimulatedSource listens) {
        source = listens;
    }

    @Nullable
    SimulatedSource source() {
        return source;
    }

    void hasSweep(Runnable looksAtAll) {
        sweep = looksAtAll;
    }

    /** Lets all of its pollers look. */
    void sweep() {
        if (serves()) {
            sweep.run();
        }
    }

    /** The engine, if it is open and no longer than that. */
    @Nullable
    Romancy romancy() {
        return romancy;
    }

    /** The engine, which is needed now. */
    Romancy opened() {
        Romancy open = romancy;
        if (open == null) {
            throw new IllegalStateException(name() + " is not open yet");
        }
        return open;
    }

    /** Whether a client would find it. */
    boolean serves() {
        return romancy != null && !closing && !process.isDead();
    }

    /** Whether it may do something, now or after a pause. */
    boolean lives() {
        return !closing && !process.isDead();
    }

    /**
     * Starts the process; it opens its engine again and again until that succeeds. A refusal that is not of the weather, such as of an option,
     * ends the simulation.
     */
    void boot() {
        scheduler.spawn(name() + "/main", process, () -> {
            Romancy open = null;
            while (open == null && lives()) {
                try {
                    open = opening.open(this);
                } catch (RomancyException e) {
                    if (isOfConfiguration(e)) {
                        scheduler.fail(e);
                    }
                    refusal = e;
                    scheduler.sleep(RESTART);
                }
            }
            romancy = open;
            refusal = open == null ? refusal : null;
            if (open != null && closing) {
                open.close(); // it was told to while it opened
            }
        });
    }

    /** What no second try will change. */
    private static boolean isOfConfiguration(RomancyException refusal) {
        return refusal.code().id().startsWith("ROM-1");
    }

    /** Why its engine did not open when it was last tried; null if it did, or was not tried. */
    @Nullable
    RomancyException refusal() {
        return refusal;
    }

    /** Closes the engine, by a thread of its own. */
    void shutDown() {
        if (closing) {
            return;
        }
        closing = true;
        Romancy open = romancy;
        if (open != null) {
            scheduler.spawn(name() + "/shutdown", process, open::close);
        }
    }
}
