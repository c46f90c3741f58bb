package io.romancy.testkit;

import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.spi.model.NodeId;
import io.romancy.testkit.fault.Faults;
import org.jspecify.annotations.Nullable;

/** One engine, and what can be done to it. */
final class Member {
    final int number;
    final Faults faults;
    private volatile Runnable sweep = () -> {};
    private volatile State state = State.RUNS;
    private volatile @Nullable Romancy romancy;
    private int pauses;

    private enum State {
        RUNS,
        PAUSED,
        STOPPED
    }

    Member(int number, Faults faults) {
        this.number = number;
        this.faults = faults;
    }

    void opened(Romancy engine) {
        romancy = engine;
    }

    void sweepsWith(Runnable looksAtAll) {
        sweep = looksAtAll;
    }

    /** Lets all of its pollers look at once. */
    void sweep() {
        sweep.run();
    }

    Romancy romancy() {
        Romancy opened = romancy;
        if (opened == null) {
            throw new IllegalStateException("not open yet");
        }
        return opened;
    }

    boolean isOpened() {
        return romancy != null;
    }

    boolean runs() {
        return state == State.RUNS && isOpened() && faults.isAlive();
    }

    /** Whether it may still do something, now or after a pause. Not open yet counts as that. */
    boolean lives() {
        return state != State.STOPPED && faults.isAlive();
    }

    boolean isPaused() {
        return state == State.PAUSED;
    }

    /** Returns which of its pauses this is. */
    synchronized int pause() {
        state = State.PAUSED;
        faults.freeze();
        return ++pauses;
    }

    void resume() {
        if (goesOn()) {
            sweep.run();
        }
    }

    /** Ends this pause, unless another one has begun meanwhile. */
    void resume(int pause) {
        boolean goesOn;
        synchronized (this) {
            goesOn = pause == pauses && goesOn();
        }
        if (goesOn) {
            sweep.run();
        }
    }

    private synchronized boolean goesOn() {
        pauses++;
        faults.thaw();
        boolean paused = state == State.PAUSED;
        state = paused ? State.RUNS : state;
        return paused;
    }

    /** Ends what a test did to it, a pause that would end later too. */
    void forget() {
        faults.heal();
        resume();
    }

    /** What is paused goes on first, as a process does that is asked to stop; what is dead only ends its threads. */
    void stop() {
        synchronized (this) {
            goesOn();
            state = State.STOPPED;
        }
        buryIfDead();
        romancy().close();
    }

    /** Before it is closed, or its threads would stand still for good. */
    void buryIfDead() {
        if (isOpened() && !faults.isAlive()) {
            bury();
        }
    }

    /** Lets the calls of a dead engine end once it is closing, when their failures are no news. */
    private void bury() {
        Thread closing = Thread.ofVirtual().name("romancy-testkit-bury").start(romancy()::close);
        while (closing.isAlive() && romancy().status().phase() == EngineStatus.Phase.OPEN) {
            Thread.onSpinWait();
        }
        faults.bury();
    }

    NodeId node() {
        NodeId node = romancy().status().node();
        if (node == null) {
            throw new IllegalStateException("a client has no lease");
        }
        return node;
    }
}
