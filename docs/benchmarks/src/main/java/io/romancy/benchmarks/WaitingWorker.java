package io.romancy.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** A process that runs waiting workflows, and says by the clock of this machine when they go on. */
final class WaitingWorker {
    private WaitingWorker() {}

    public static void main(String[] arguments) throws IOException {
        var engine = Lab.engine(arguments[0], Duration.parse(arguments[1]));
        try (var romancy = Waiting.open(
                engine,
                id -> System.out.println("suspended " + id),
                id -> System.out.println("resumed " + Clocks.nanos(Instant.now()) + " " + id))) {
            System.out.println("ready " + romancy.status().node());
            ChildProcess.awaitParent();
        }
    }
}
