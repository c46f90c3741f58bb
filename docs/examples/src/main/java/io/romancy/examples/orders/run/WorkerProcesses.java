package io.romancy.examples.orders.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Worker processes, and whoever dies among them is replaced: kill as many as you like. Each holds on to a pipe from this process, and
 * stops when that breaks; so they end when this process does, however it ends.
 */
final class WorkerProcesses implements Fleet, AutoCloseable {
    private static final long SHORT_LIFE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int SHORT_LIVES_IN_A_ROW = 5;
    private static final int SIGNALS = 128;
    private static final int SECONDS_TO_STOP = 15;

    private record Worker(int number, Process process, long born) {}

    private final RunSettings settings;
    private final String url;
    private final List<Worker> workers = new ArrayList<>();
    private int restarts;
    private int shortLives;

    private WorkerProcesses(RunSettings settings, String url) {
        this.settings = settings;
        this.url = url;
    }

    static WorkerProcesses start(RunSettings settings, String url) {
        var fleet = new WorkerProcesses(settings, url);
        for (int number = 1; number <= settings.workers(); number++) {
            fleet.workers.add(fleet.start(number));
        }
        return fleet;
    }

    @Override
    public void check() {
        workers.replaceAll(worker -> worker.process().isAlive() ? worker : replacementOf(worker));
    }

    @Override
    public int restarts() {
        return restarts;
    }

    @Override
    public String summary() {
        return " | %d workers%s".formatted(workers.size(), restarts == 0 ? "" : " (" + restarts + " started again)");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (var worker : workers) {
            worker.process().getOutputStream().close();
        }
        for (var worker : workers) {
            if (!worker.process().waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                worker.process().destroyForcibly();
            }
        }
    }

    private Worker replacementOf(Worker dead) {
        shortLives = diedByItself(dead) && System.nanoTime() - dead.born() < SHORT_LIFE_NANOS ? shortLives + 1 : 0;
        if (shortLives == SHORT_LIVES_IN_A_ROW) {
            throw new IllegalStateException("Workers die as soon as they are started, the last one with exit code "
                    + dead.process().exitValue() + ". The reason is in "
                    + WorkerCommand.log(settings.home(), dead.number()));
        }
        restarts++;
        return start(dead.number());
    }

    /** Whoever is killed by a signal has an exit code above, and may be killed as often as somebody likes. */
    private static boolean diedByItself(Worker dead) {
        return dead.process().exitValue() < SIGNALS;
    }

    /** This program again, with the options and the class path of this JVM. */
    private Worker start(int number) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OrdersCommand.class.getName()));
        command.addAll(List.of("worker", "--number", String.valueOf(number)));
        command.addAll(List.of("--home", settings.home().toString(), "--database", url));
        var output = WorkerCommand.log(settings.home(), number).toFile();
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
            return new Worker(number, process, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException("No worker can be started", e);
        }
    }
}
