package io.romancy.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs benchmarks and prints one table: progress to the standard error, the table to the standard output. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures Romancy beside the bare database and prints a table in Markdown.")
final class Main implements Callable<Integer> {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "name",
            description = "Runs only these; see --list. A part of a name is enough.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "Prints the names of all benchmarks, and ends.")
    private boolean list;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "By what times and counts are multiplied; 0.1 is rough and quick.")
    private double scale;

    @Option(
            names = "--database",
            paramLabel = "url",
            description = "JDBC URL of a PostgreSQL server, with credentials of a role that may create databases."
                    + " Without it an embedded server is started, durable as by default.")
    private @Nullable String database;

    @Option(
            names = "--subject",
            paramLabel = "url",
            description = "Another storage for Romancy, such as jdbc:sqlite:/tmp/b.db; the baseline stays PostgreSQL."
                    + " What needs PostgreSQL is left out.")
    private @Nullable String subject;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Benchmark> chosen =
                Benchmarks.all().stream().filter(this::isChosen).toList();
        if (list) {
            chosen.forEach(benchmark -> System.out.println(benchmark.name()));
            return 0;
        }
        List<Figure> figures = new ArrayList<>();
        int failures = 0;
        try (var servers = new Servers(database)) {
            for (Benchmark benchmark : chosen) {
                failures += run(benchmark, servers, figures) ? 0 : 1;
            }
        }
        System.out.println(Table.of(figures));
        return failures == 0 ? 0 : 1;
    }

    private boolean isChosen(Benchmark benchmark) {
        boolean named = only.isEmpty()
                || only.stream().anyMatch(part -> benchmark.name().contains(part));
        return named && (subject == null || benchmark.needs() == Benchmark.Needs.ANY_STORAGE);
    }

    /** One that fails does not keep the others from running. */
    private boolean run(Benchmark benchmark, Servers servers, List<Figure> figures) {
        System.err.printf("%s ..%n", benchmark.name());
        long begin = System.nanoTime();
        try (var lab = new Lab(servers.forThe(benchmark), subject, Scale.of(scale))) {
            List<Figure> measured = benchmark.run(lab);
            figures.addAll(measured);
            measured.forEach(figure -> System.err.println("  " + figure));
            System.err.printf(Locale.ROOT, "  took %.0f s%n", (System.nanoTime() - begin) / 1e9);
            return true;
        } catch (Exception e) {
            System.err.printf("  failed: %s%n", e);
            e.printStackTrace();
            return false;
        }
    }
}
