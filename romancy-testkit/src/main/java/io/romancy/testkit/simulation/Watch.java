package io.romancy.testkit.simulation;

import java.time.Duration;
import org.opentest4j.AssertionFailedError;

/**
 * Looks from outside whether a simulation moves, by the real clock. A thread that holds the baton and blocks on something that is not
 * simulated would keep everybody waiting for ever.
 */
record Watch(Scheduler scheduler, Duration patience) {
    void until(Baton end) {
        long before = -1;
        while (!end.take(patience.toNanos())) {
            long decisions = scheduler.decisions();
            if (decisions == before) {
                throw new AssertionFailedError(describe());
            }
            before = decisions;
        }
    }

    private String describe() {
        SimulatedFiber holder = scheduler.holder();
        StringBuilder text = new StringBuilder("Nothing has moved for " + patience + ": ");
        if (holder == null) {
            return text.append("nobody holds the baton").toString();
        }
        text.append(holder)
                .append(" waits for something outside of the simulation, such as a lock that a thread holds which was"
                        + " stopped, a sleep, or I/O. It stands at");
        for (StackTraceElement frame : holder.thread().getStackTrace()) {
            text.append("\n  at ").append(frame);
        }
        return text.toString();
    }
}
