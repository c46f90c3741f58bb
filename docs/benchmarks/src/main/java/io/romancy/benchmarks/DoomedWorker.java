package io.romancy.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process that begins steps and never ends them. */
final class DoomedWorker {
    private DoomedWorker() {}

    public static void main(String[] arguments) throws IOException {
        var never = new CountDownLatch(1);
        var engine = Lab.engine(arguments[0], Duration.parse(arguments[1])).shutdownTimeout(Duration.ZERO);
        try (var romancy = HeldWorkflow.open(engine, id -> System.out.println("holds " + id), () -> {
            never.await();
            return false;
        })) {
            System.out.println("ready " + romancy.status().node());
            ChildProcess.awaitParent();
        }
    }
}
