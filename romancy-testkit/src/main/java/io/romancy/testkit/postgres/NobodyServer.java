package io.romancy.testkit.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The embedded server, run as the user {@code nobody} by a root that may not make user namespaces: {@code initdb} refuses root, and the
 * library knows no other way.
 */
final class NobodyServer implements AutoCloseable {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    private final Path folder;
    private final int port;

    private NobodyServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static NobodyServer start(Map<String, String> options) throws IOException {
        Path folder = Files.createTempDirectory("romancy-postgres-");
        var server = new NobodyServer(folder, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "romancy-postgres-stop"));
        server.unpack();
        server.run(
                "initdb",
                "-D",
                server.cluster(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
        String settings = options.entrySet().stream()
                .map(option -> "-c " + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" ", "-p " + server.port + " -k " + folder + " ", ""));
        server.run(
                "pg_ctl",
                "-D",
                server.cluster(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                settings,
                "start");
        return server;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            if (Files.exists(Path.of(cluster(), "postmaster.pid"))) {
                run("pg_ctl", "-D", cluster(), "-w", "-m", "immediate", "stop");
            }
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove the PostgreSQL for tests in " + folder, e);
        }
    }

    private void unpack() throws IOException {
        Path archive = folder.resolve("postgres.txz");
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        try (var packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", machine)) {
            Files.copy(packed, archive);
        }
        execute(List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
        execute(List.of("chown", "-R", "nobody:nogroup", folder.toString()));
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        execute(command);
    }

    private void execute(List<String> command) throws IOException {
        Path output = Files.createTempFile("romancy-postgres-", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end in 2 minutes: " + Files.readString(output));
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private String cluster() {
        return folder.resolve("cluster").toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
