package io.romancy.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PgBouncer in front of a server, pooling by transaction: a session of the server belongs to a client for one transaction only. Its
 * program comes from the machine; {@link #assumeInstalled} skips a test where it is missing.
 *
 * <p>Closing ends it, at the latest when the JVM ends.
 */
public final class PgBouncer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SERVER_CONNECTIONS = 20;

    private final LocalServer behind;
    private final Path folder;
    private final int port;
    private final Process process;

    private PgBouncer(LocalServer behind, Path folder, int port, Process process) {
        this.behind = behind;
        this.folder = folder;
        this.port = port;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "romancy-pgbouncer-stop"));
    }

    /** Skips the test where there is no PgBouncer; see {@link Requirement}. */
    public static void assumeInstalled() {
        Requirement.met(program().isPresent(), "PgBouncer", "On Debian: apt-get install pgbouncer");
    }

    /** Starts one that lets everybody in whom the server lets in without a password. */
    public static PgBouncer inFrontOf(LocalServer server) {
        Path program = program().orElseThrow(() -> new IllegalStateException("PgBouncer is not on this machine"));
        try {
            Path folder = Programs.newFolder("romancy-pgbouncer-");
            int port = LocalServer.freePort();
            Path users = folder.resolve("users.txt");
            Files.writeString(users, "\"postgres\" \"\"\n");
            Programs.own(users);
            Path configuration = folder.resolve("pgbouncer.ini");
            Files.writeString(configuration, configuration(server.port(), port, users));
            Programs.own(configuration);
            var process = new ProcessBuilder(
                            Programs.asSomebody(List.of(program.toString(), "-q", configuration.toString())))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            var bouncer = new PgBouncer(server, folder, port, process);
            bouncer.awaitAnswer();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer did not start", e);
        }
    }

    /** The URL of a database of the server behind, through this pooler. Statements are not prepared on the server: nobody keeps one. */
    public String url(PostgresDatabase database) {
        if (!database.url().contains(":" + behind.port() + "/")) {
            throw new IllegalArgumentException(database.name() + " is not on the server behind this PgBouncer");
        }
        return "jdbc:postgresql://localhost:" + port + "/" + database.name() + "?user=postgres&prepareThreshold=0";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Programs.remove(folder);
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                String said = Files.readString(folder.resolve("log"));
                close();
                throw new IOException("PgBouncer does not answer: " + said);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String configuration(int serverPort, int port, Path users) {
        return """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 1000
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(serverPort, port, users, SERVER_CONNECTIONS);
    }

    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
