package io.romancy.sqlite;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.Claim;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A worker in a process of its own: starts an instance, claims one, whoever started it, and completes it, so many times. Says on its output
 * what was acknowledged, line by line, after the fact.
 */
final class WorkerProcess {
    /** Long: on a loaded machine a test is about what is written, not about who waits how long. */
    static final Map<String, String> PATIENT = Map.of(Options.BUSY_TIMEOUT, "60000");

    private WorkerProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (Storage storage = TestFiles.open(Path.of(arguments[0]), PATIENT);
                var output = new FileOutputStream(FileDescriptor.out)) {
            work(storage, arguments[1], Integer.parseInt(arguments[2]), line -> {
                output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            });
        }
    }

    /** What was acknowledged. */
    @FunctionalInterface
    interface Report {
        void acknowledged(String line) throws IOException;
    }

    static void work(Storage storage, String name, int rounds, Report report) throws IOException {
        var node = Samples.join(storage);
        for (int i = 0; i < rounds; i++) {
            String id = name + "-" + i;
            accept(storage, Samples.start(id));
            report.acknowledged("started " + id);
            for (var run : Samples.claim(storage, node, 1)) {
                complete(storage, run.claim(), report);
            }
        }
    }

    /** Completes what can be claimed, until there is nothing. */
    static void drain(Storage storage, Report report) throws IOException {
        var node = Samples.join(storage);
        for (var runs = Samples.claim(storage, node, 10); !runs.isEmpty(); runs = Samples.claim(storage, node, 10)) {
            for (var run : runs) {
                complete(storage, run.claim(), report);
            }
        }
    }

    private static void complete(Storage storage, Claim claim, Report report) throws IOException {
        accept(storage, Samples.step(claim, 0));
        report.acknowledged("stepped " + claim.id());
        accept(storage, Samples.complete(claim));
        report.acknowledged("completed " + claim.id());
    }

    private static void accept(Storage storage, Commit commit) {
        CommitResult result = storage.runs().commit(List.of(commit)).getFirst();
        if (!(result instanceof CommitResult.Accepted) && !(result instanceof CommitResult.Taken)) {
            throw new IllegalStateException("not taken: " + result);
        }
    }

    static Process spawn(Path file, String name, int rounds) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        file.toString(),
                        name,
                        String.valueOf(rounds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
