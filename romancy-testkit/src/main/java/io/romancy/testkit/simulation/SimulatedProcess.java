package io.romancy.testkit.simulation;

import io.romancy.spi.commit.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What lives and dies together: the threads of one engine, and the clients that are being served by it. */
final class SimulatedProcess {
    /** How it is. */
    enum Life {
        RUNS,
        /** Its threads stand, and do not know. */
        PAUSED,
        /** Its threads stand for ever. */
        DEAD,
        /** The simulation is over: its threads may end, and reach nothing any more. */
        BURIED
    }

    private final Scheduler scheduler;
    private final String name;
    private final Set<SimulatedFiber> threads = new LinkedHashSet<>();
    private final Set<SimulatedFiber> guests = new LinkedHashSet<>();
    private final Set<Transaction> transactions = new LinkedHashSet<>();
    private List<SimulatedFiber> frozen = new ArrayList<>();
    private Life life = Life.RUNS;

    SimulatedProcess(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
    }

    String name() {
        return name;
    }

    Life life() {
        return life;
    }

    /** Whether its threads move. */
    boolean runs() {
        return life == Life.RUNS || life == Life.BURIED;
    }

    /** Whether it will never do anything again that somebody sees. */
    boolean isDead() {
        return life == Life.DEAD || life == Life.BURIED;
    }

    void pauses() {
        if (life == Life.RUNS) {
            life = Life.PAUSED;
        }
    }

    void goesOn() {
        if (life == Life.PAUSED) {
            life = Life.RUNS;
            thaw();
        }
    }

    /** Its threads stop for ever; whoever was a guest finds himself outside. */
    void dies() {
        if (isDead()) {
            return;
        }
        life = Life.DEAD;
        List<SimulatedFiber> left = List.copyOf(guests);
        guests.clear();
        for (SimulatedFiber guest : left) {
            guest.orphan();
            if (frozen.remove(guest)) {
                scheduler.thaw(List.of(guest));
            } else {
                scheduler.wake(guest);
            }
        }
    }

    /** Lets the threads of a dead process end. */
    void isBuried() {
        life = Life.BURIED;
        thaw();
    }

    private void thaw() {
        List<SimulatedFiber> all = frozen;
        frozen = new ArrayList<>();
        scheduler.thaw(all);
    }

    void freeze(SimulatedFiber fiber) {
        frozen.add(fiber);
    }

    void opened(Transaction transaction) {
        transactions.add(transaction);
    }

    void ended(Transaction transaction) {
        transactions.remove(transaction);
    }

    /** Its transactions that are open. */
    Set<Transaction> transactions() {
        return transactions;
    }

    void enter(SimulatedFiber thread) {
        threads.add(thread);
    }

    void leave(SimulatedFiber thread) {
        threads.remove(thread);
    }

    /** Those of its threads that have not ended. */
    Set<SimulatedFiber> threads() {
        return threads;
    }

    /** Lets a client in: what happens to the process happens to it. */
    void welcome(SimulatedFiber guest) {
        guests.add(guest);
        guest.visit(this);
    }

    void sayGoodbye(SimulatedFiber guest) {
        guests.remove(guest);
        guest.visit(null);
    }
}
