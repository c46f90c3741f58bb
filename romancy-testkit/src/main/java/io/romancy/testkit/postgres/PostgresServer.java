package io.romancy.testkit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for tests. The one that {@link #shared} returns is, in this order: the server that the environment variable
 * {@value #URL_VARIABLE} names (a role that may create databases; credentials as parameters of the URL), the installed one whose version
 * the system property {@value #VERSION_PROPERTY} names, a container if Docker answers, the embedded server of the class path. The drivers
 * of all three are optional dependencies: bring those that you use.
 *
 * <p>Thread-safe. What it started ends with the JVM.
 */
public final class PostgresServer {
    /** Names a JDBC URL of the server to use instead of starting one. */
    public static final String URL_VARIABLE = "ROMANCY_TEST_POSTGRES_URL";

    /** The system property that names the version of PostgreSQL to start, as {@code 15}, among those that are installed. */
    public static final String VERSION_PROPERTY = PostgresVersion.PROPERTY;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    /** Databases of several JVMs on one server must not meet, and JVMs of several containers may have one number. */
    private static final String PREFIX = "romancy_test_"
            + ProcessHandle.current().pid() + "_" + UUID.randomUUID().toString().substring(0, 8) + "_";

    private final ServerAddress address;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, PostgresDatabase> templates = new ConcurrentHashMap<>();

    private PostgresServer(ServerAddress address) {
        this.address = address;
    }

    /** The server of this JVM, started at the first call. */
    public static PostgresServer shared() {
        Shared.SERVER.run(); // the first who comes; the others wait
        try {
            return Shared.SERVER.get();
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            throw new IllegalStateException(
                    "There is no PostgreSQL for tests. " + (why == null ? e : why).getMessage(), why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the PostgreSQL for tests.", e);
        }
    }

    /** A server of its own, for a test that stops, fills or measures it; embedded, and as durable as in production. */
    public static EmbeddedServer startDurable() {
        return startDurable(Map.of());
    }

    /** The same with settings of {@code postgresql.conf} beside ours. */
    public static EmbeddedServer startDurable(Map<String, String> settings) {
        return EmbeddedServer.start(true, settings);
    }

    /** A server that runs already, at a JDBC URL with credentials as parameters. */
    public static PostgresServer at(String jdbcUrl) {
        return new PostgresServer(ServerAddress.parse(jdbcUrl));
    }

    /** A new, empty database; takes milliseconds. */
    public PostgresDatabase createDatabase() {
        return create(null);
    }

    /**
     * A new database that looks as {@code prepare} left the template of this name, which is prepared once; takes milliseconds, whatever
     * the preparation took. The preparation closes every connection that it opened.
     */
    public PostgresDatabase createDatabase(String template, Consumer<PostgresDatabase> prepare) {
        PostgresDatabase from = templates.computeIfAbsent(template, name -> {
            var database = create(null);
            prepare.accept(database);
            return database;
        });
        return create(from.name());
    }

    /** For a server that outlives the JVM. One that is gone by now has none to be dropped. */
    void dropTemplates() {
        for (PostgresDatabase template : templates.values()) {
            try {
                template.close();
            } catch (RuntimeException e) {
                LOG.warn("A template of the tests stays on the server: {}", template.name(), e);
            }
        }
        templates.clear();
    }

    private PostgresDatabase create(@Nullable String template) {
        String name = PREFIX + count.incrementAndGet();
        execute("CREATE DATABASE " + name + (template == null ? "" : " TEMPLATE " + template));
        return new PostgresDatabase(this, name, address);
    }

    /** A connection to the server's first database. */
    Connection connect() throws SQLException {
        return address.connect();
    }

    ServerAddress address() {
        return address;
    }

    /** Executes a statement in the server's first database, outside a transaction. */
    void execute(String sql) {
        try (Connection connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed on the PostgreSQL for tests", e);
        }
    }

    /** Started when the first test asks, by whichever way this machine offers; what went wrong then is told to every other. */
    private static final class Shared {
        static final FutureTask<PostgresServer> SERVER = new FutureTask<>(Shared::find);

        private static PostgresServer find() {
            String url = System.getenv(URL_VARIABLE);
            if (url != null && !url.isBlank()) {
                LOG.info("PostgreSQL for tests: from {}", URL_VARIABLE);
                PostgresServer server = at(url);
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(server::dropTemplates, "romancy-postgres-drop-templates"));
                return server;
            }
            if (PostgresVersion.chosen() != null) {
                LOG.info("PostgreSQL for tests: {}", PostgresVersion.chosen());
                return EmbeddedServer.start(false, Map.of()).server();
            }
            if (Docker.answers()) {
                LOG.info("PostgreSQL for tests: a container");
                return at(ContainerServer.start());
            }
            LOG.info("PostgreSQL for tests: embedded");
            return EmbeddedServer.start(false, Map.of()).server();
        }
    }
}
