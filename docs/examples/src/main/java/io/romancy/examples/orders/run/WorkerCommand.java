package io.romancy.examples.orders.run;

import io.romancy.examples.orders.world.Ledger;
import io.romancy.examples.orders.world.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker process: works on orders until the process that started it closes the pipe, or dies, which breaks it too. */
@Command(name = "worker", hidden = true)
final class WorkerCommand implements Callable<Integer> {
    @Option(names = "--number", required = true)
    private int number;

    @Option(names = "--home", required = true)
    private Path home = Path.of("");

    @Option(names = "--database", required = true)
    private String database = "";

    static Path log(Path home, int number) {
        return home.resolve("worker-" + number + ".log");
    }

    @Override
    public Integer call() throws IOException {
        LogFile.use(log(home, number));
        try (var ledger = Ledger.open(home.resolve("world.db"));
                var romancy = Engines.worker(database, "orders-" + number, new World(ledger))) {
            System.in.transferTo(OutputStream.nullOutputStream());
            return 0;
        }
    }
}
