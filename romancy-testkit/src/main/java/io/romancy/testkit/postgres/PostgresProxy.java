package io.romancy.testkit.postgres;

import io.romancy.testkit.net.TcpProxy;

/**
 * A {@link TcpProxy} in front of a PostgreSQL server, which beside all faults of a network can lose the server's notifications and nothing
 * else: sessions look healthy, and hear nothing.
 *
 * <p>Thread-safe. Closing resets every connection.
 */
public final class PostgresProxy implements AutoCloseable {
    private final NotificationLoss loss = new NotificationLoss();
    private final TcpProxy network;

    private PostgresProxy(ServerAddress server) {
        network = TcpProxy.to(server.host(), server.port(), loss::filter);
    }

    /** A proxy in front of the server of a database. */
    public static PostgresProxy inFrontOf(PostgresDatabase database) {
        return new PostgresProxy(ServerAddress.parse(database.url()));
    }

    /** The URL of a database through this proxy, unencrypted. */
    public String url(PostgresDatabase database) {
        return ServerAddress.parse(database.url()).through("localhost", network.port());
    }

    /** The faults of the network between. */
    public TcpProxy network() {
        return network;
    }

    /** Leads new connections to the server of another database, as after a failover. */
    public void leadTo(PostgresServer server) {
        ServerAddress address = server.address();
        network.leadTo(address.host(), address.port());
    }

    /** Loses every notification that the server sends from now on. */
    public void loseNotifications() {
        loss.lose(true);
    }

    public void passNotifications() {
        loss.lose(false);
    }

    /** How many notifications were lost. */
    public int lostNotifications() {
        return loss.count();
    }

    @Override
    public void close() {
        network.close();
    }
}
