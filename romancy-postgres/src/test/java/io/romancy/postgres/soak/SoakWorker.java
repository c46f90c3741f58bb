package io.romancy.postgres.soak;

import java.io.IOException;
import java.io.OutputStream;

/** A worker process: works until the process that started it closes the pipe, or dies. */
final class SoakWorker {
    private SoakWorker() {}

    /** The URL of the engine, the URL of the ledger, a name. */
    public static void main(String[] arguments) throws IOException {
        try (var romancy = SoakEngines.worker(arguments[0], arguments[2], new SoakLedger(arguments[1]))) {
            System.in.transferTo(OutputStream.nullOutputStream());
            System.out.println("closing: " + romancy.metrics());
        }
    }
}
