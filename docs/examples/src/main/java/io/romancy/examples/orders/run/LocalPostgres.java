package io.romancy.examples.orders.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL over a folder. It outlives this process if that is killed, and the next one finds it. Closing stops it, and its data
 * stay.
 */
final class LocalPostgres implements AutoCloseable {
    private static final String SETTINGS = """
            listen_addresses = 'localhost'
            unix_socket_directories = ''
            max_connections = 100
            timezone = 'UTC'
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path cluster;
    private final String url;
    private final PostgresPrograms programs;

    private LocalPostgres(Path cluster, String url, PostgresPrograms programs) {
        this.cluster = cluster;
        this.url = url;
        this.programs = programs;
    }

    /** Finds the server that runs over this folder, or starts one; makes a new database cluster if there is none. */
    static LocalPostgres startOrFind(Path cluster) throws IOException {
        var programs = PostgresPrograms.unpacked();
        if (!Files.exists(cluster)) {
            create(cluster, programs);
        }
        var running = urlOfRunning(cluster);
        var url = running.isPresent() ? running.get() : start(cluster, programs);
        System.out.println("PostgreSQL " + (running.isPresent() ? "found running" : "started") + " at " + url);
        return new LocalPostgres(cluster, url, programs);
    }

    /** Stops the server over this folder, if there is one. */
    static void stopIfRunning(Path cluster) throws IOException {
        var running = urlOfRunning(cluster);
        if (running.isPresent()) {
            new LocalPostgres(cluster, running.get(), PostgresPrograms.unpacked()).close();
        }
    }

    /** The JDBC URL, with the user. */
    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        programs.run("pg_ctl", "-D", cluster.toString(), "-w", "-m", "fast", "stop");
    }

    /** A cluster that is half made, because this process was killed, is never seen: it gets its name when it is complete. */
    private static void create(Path cluster, PostgresPrograms programs) throws IOException {
        var unfinished = programs.newFolder(
                cluster.resolveSibling("cluster-" + ProcessHandle.current().pid()));
        programs.run(
                "initdb", "-D", unfinished.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        Files.writeString(unfinished.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
        Files.move(unfinished, cluster);
    }

    private static String start(Path cluster, PostgresPrograms programs) throws IOException {
        int port = freePort();
        var log = cluster.resolve("server.log").toString();
        programs.run("pg_ctl", "-D", cluster.toString(), "-w", "-t", "120", "-l", log, "-o", "-p " + port, "start");
        return url(port);
    }

    /**
     * The server writes its process and its port into its folder, and a killed one leaves that behind: so ask who answers there. One that
     * is about to start does not answer yet, which is worth a wait as long as its process lives.
     */
    private static Optional<String> urlOfRunning(Path cluster) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var written = cluster.resolve("postmaster.pid");
            List<String> lines = Files.exists(written) ? Files.readAllLines(written) : List.of();
            if (lines.size() < 4 || !isAlive(lines.get(0))) {
                return Optional.empty();
            }
            var url = url(Integer.parseInt(lines.get(3)));
            if (answers(url, cluster)) {
                return Optional.of(url);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return Optional.empty();
    }

    private static boolean isAlive(String process) {
        return ProcessHandle.of(Long.parseLong(process))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    private static boolean answers(String url, Path cluster) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Path.of(row.getString(1)).equals(cluster);
        } catch (SQLException notYetOrNotOurs) {
            return false;
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
