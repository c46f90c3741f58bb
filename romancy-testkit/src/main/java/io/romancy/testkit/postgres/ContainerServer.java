package io.romancy.testkit.postgres;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container, which Testcontainers removes when the JVM ends. */
final class ContainerServer {
    private ContainerServer() {}

    /** Starts it and returns its JDBC URL, with credentials. */
    @SuppressWarnings("resource") // lives as long as the JVM
    static String start() {
        var container = new PostgreSQLContainer("postgres:18-alpine");
        container.withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/"
                + container.getDatabaseName() + "?user=" + container.getUsername() + "&password="
                + container.getPassword();
    }
}
