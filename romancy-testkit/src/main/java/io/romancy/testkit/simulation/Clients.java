package io.romancy.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The clients of one simulation, each on a thread of its own. */
final class Clients {
    private final Scheduler scheduler;
    private final Surroundings surroundings;
    private final SplittableRandom dice;
    private final Trace trace;
    private final List<SimulatedClient> busy = new ArrayList<>();

    Clients(Scheduler scheduler, Surroundings surroundings, SplittableRandom dice, Trace trace) {
        this.scheduler = scheduler;
        this.surroundings = surroundings;
        this.dice = dice;
        this.trace = trace;
    }

    void begin(SimulatedWorld.NamedClient named) {
        var client = new SimulatedClient(named.name(), scheduler, surroundings, dice.split(), trace);
        busy.add(client);
        scheduler.spawn(named.name(), null, () -> {
            try {
                named.client().run(client);
            } catch (Exception e) {
                throw new AssertionError("Client '" + named.name() + "' failed: " + e, e);
            }
            busy.remove(client);
        });
    }

    boolean areDone() {
        return busy.isEmpty();
    }

    /** Whether none does anything but wait for something that takes long, such as a result, though nothing goes wrong since this time. */
    boolean onlyWait(long healed) {
        return busy.stream().allMatch(client -> client.waitsLong(healed));
    }

    List<String> busy() {
        return busy.stream().map(SimulatedClient::name).toList();
    }
}
