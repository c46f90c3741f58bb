package io.romancy.examples.orders.run;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        subcommands = WorkerCommand.class,
        description = {
            "Processes some thousand orders as durable workflows. Kill it whenever you like, with kill -9 too, and start it"
                    + " again with the same options: it goes on where it was, and its report has to add up.",
            "",
            "Exit code: 0 it adds up, 1 it does not, 2 wrong options, 3 stopped before the end, 4 the database or a program"
                    + " that is needed failed."
        })
public final class OrdersCommand implements Callable<Integer> {
    private static final int FAILED = 4;

    @Option(names = "--orders", paramLabel = "N", description = "How many orders come in.")
    private int orders = 2_000;

    @Option(names = "--seed", paramLabel = "N", description = "Which orders: the same seed gives the same ones.")
    private long seed = 1;

    @Option(names = "--per-second", paramLabel = "N", description = "How many orders come in each second.")
    private int perSecond = 100;

    @Option(
            names = "--postgres",
            description = "On a PostgreSQL of its own with worker processes, not on a SQLite file.")
    private boolean postgres;

    @Option(names = "--workers", paramLabel = "N", description = "How many worker processes, with --postgres.")
    private int workers = 3;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where orders, databases and logs are kept.")
    private Path dir = Path.of("target", "orders");

    @Option(names = "--fresh", description = "Forget what is there and begin anew.")
    private boolean fresh;

    /** For the build tool that starts this: killed with kill -9, it cannot take its children along. */
    @Option(names = "--stop-with-parent", hidden = true)
    private boolean stopWithParent;

    /** Runs the command and ends the process. */
    public static void main(String... args) {
        System.exit(new CommandLine(new OrdersCommand())
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command))
                .execute(args));
    }

    private static int explain(Exception failure, CommandLine command) {
        if (failure instanceof IllegalArgumentException refusal) {
            command.getErr().println(refusal.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        failure.printStackTrace(command.getErr());
        command.getErr().println("When the cause is removed, the same command goes on.");
        return FAILED;
    }

    @Override
    public Integer call() throws Exception {
        if (orders < 1 || perSecond < 1 || workers < 1) {
            throw new IllegalArgumentException("--orders, --per-second and --workers are 1 or more");
        }
        var home = dir.toAbsolutePath().normalize().resolve(postgres ? "postgres" : "sqlite");
        var stop = Stop.onSignal(stopWithParent);
        try {
            return new OrdersRun(new RunSettings(orders, seed, perSecond, postgres, workers, home, fresh), stop).run();
        } finally {
            stop.done();
        }
    }
}
