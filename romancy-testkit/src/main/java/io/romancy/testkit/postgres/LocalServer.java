package io.romancy.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of this machine whose life is in the hands of a test: it is stopped, started again on the same data and port,
 * restarted, and copied to a standby that is promoted, with or without the last commits. The programs are those of the class path, or
 * those of the version that {@link PostgresServer#VERSION_PROPERTY} names.
 *
 * <p>Every method blocks until the server is where it is told to be. For one thread. Closing stops it and removes its data; so does the
 * end of the JVM. Needs Linux or macOS.
 */
public final class LocalServer implements AutoCloseable {
    private static final String USER = "postgres";

    private final Programs programs;
    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private final PostgresServer server;
    private @Nullable PostgresServer primary;
    private boolean runs;

    LocalServer(Programs programs, Map<String, String> settings) throws IOException {
        this.programs = programs;
        this.folder = Programs.newFolder("romancy-postgres-");
        this.port = freePort();
        this.settings = new TreeMap<>(settings);
        this.server = PostgresServer.at("jdbc:postgresql://localhost:" + port + "/postgres?user=" + USER);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "romancy-postgres-stop"));
    }

    /** Starts one with an empty cluster that forgets commits if the machine crashes, and not if the server does. */
    public static LocalServer start() {
        return start(Map.of());
    }

    /** The same with settings of {@code postgresql.conf} beside ours. */
    public static LocalServer start(Map<String, String> settings) {
        return start(Programs.chosen(), EmbeddedServer.settings(false, settings));
    }

    static LocalServer start(Programs programs, Map<String, String> settings) {
        try {
            var server = new LocalServer(programs, settings);
            server.initialize();
            server.start0();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("a PostgreSQL for tests did not start", e);
        }
    }

    /** The server as tests use it. Its address stays the same over every restart. */
    public PostgresServer server() {
        return server;
    }

    /** Where it listens, on this machine. */
    public int port() {
        return port;
    }

    /** Executes a statement as superuser in the server's first database, outside a transaction. */
    public void execute(String sql) {
        server.execute(sql);
    }

    public void stop(StopMode mode) {
        try {
            programs.run(folder, "pg_ctl", "-D", cluster(), "-w", "-m", mode.option(), "stop");
            runs = false;
        } catch (IOException e) {
            throw new UncheckedIOException("the PostgreSQL for tests did not stop", e);
        }
    }

    /** Starts it again, on the same data and port. */
    public void startAgain() {
        try {
            start0();
        } catch (IOException e) {
            throw new UncheckedIOException("the PostgreSQL for tests did not start again", e);
        }
    }

    public void restart(StopMode mode) {
        stop(mode);
        startAgain();
    }

    /** A running copy of this server, which follows it and refuses writes until it is {@linkplain #promote promoted}. */
    public LocalServer standby() {
        try {
            var standby = new LocalServer(programs, settings);
            Standby.copy(server, port, standby.port, Path.of(cluster()), Path.of(standby.cluster()));
            standby.start0();
            standby.primary = server;
            return standby;
        } catch (IOException e) {
            throw new UncheckedIOException("the standby did not start", e);
        }
    }

    /**
     * Cuts a standby off from its primary, which must run: it has what was committed until now, and if it is promoted, it lacks what was
     * committed later, as one that follows asynchronously may.
     */
    public void stopFollowing() {
        if (primary == null) {
            throw new IllegalStateException("this server follows no other; call this on what standby() returned");
        }
        Standby.awaitAll(primary);
        server.execute("ALTER SYSTEM SET primary_conninfo = ''");
        server.execute("SELECT pg_reload_conf()");
        Standby.awaitSilence(server);
    }

    /** Makes a primary of a standby. */
    public void promote() {
        server.execute("SELECT pg_promote(true, 60)");
    }

    @Override
    public synchronized void close() {
        try {
            if (runs) {
                stop(StopMode.IMMEDIATE);
            }
        } finally {
            Programs.remove(folder);
        }
    }

    private void initialize() throws IOException {
        programs.run(
                folder,
                "initdb",
                "-D",
                cluster(),
                "-U",
                USER,
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
    }

    private void start0() throws IOException {
        String options = settings.entrySet().stream()
                .map(option -> "-c " + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" ", "-p " + port + " -k " + folder + " ", ""));
        String log = folder.resolve("log").toString();
        try {
            programs.run(folder, "pg_ctl", "-D", cluster(), "-w", "-t", "60", "-l", log, "-o", options, "start");
        } catch (IOException e) {
            throw new IOException(e.getMessage() + lastLines(Path.of(log)), e);
        }
        runs = true;
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private String cluster() {
        return folder.resolve("cluster").toString();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
