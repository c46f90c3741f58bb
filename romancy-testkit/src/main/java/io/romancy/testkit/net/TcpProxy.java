package io.romancy.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A network that a test can break: clients connect to {@link #port}, and everything goes to the server and back until the test says
 * otherwise. It can cut connections, stall them in either direction or in the middle of a message, leave them half open, delay what
 * passes, and refuse new ones. {@link #heal} ends all of it.
 *
 * <p>Thread-safe; runs on virtual threads. No method but {@link #awaitAccepted} waits. Closing resets every connection.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final ServerSocket listening;
    private final Supplier<Filter> toClient;
    private final Traffic traffic = new Traffic();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile InetSocketAddress target;
    private volatile boolean refuses;

    private TcpProxy(InetSocketAddress target, Supplier<Filter> toClient) throws IOException {
        this.target = target;
        this.toClient = toClient;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy-accept").start(this::accept);
    }

    /** A proxy in front of a server, on a free port of this machine. */
    public static TcpProxy to(String host, int port) {
        return to(host, port, () -> Filter.ALL);
    }

    /** The same, with a filter for what each connection brings from the server. */
    public static TcpProxy to(String host, int port, Supplier<Filter> toClient) {
        try {
            return new TcpProxy(new InetSocketAddress(host, port), toClient);
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy could be opened", e);
        }
    }

    /** Where clients connect to, on the loopback address. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Leads new connections to another server, as when an address moves. Those that stand stay. */
    public void leadTo(String host, int port) {
        target = new InetSocketAddress(host, port);
    }

    /** Resets every connection; new ones pass. Both ends learn it at once. */
    public void cut() {
        List.copyOf(links).forEach(Link::cut);
    }

    /** Lets nothing pass in this direction, on connections that stand and on new ones. They stay open. */
    public void stall(Direction direction) {
        stallAfter(direction, 0);
    }

    /** Lets this many more bytes pass in this direction, all connections together, and then nothing: so a stall inside a message. */
    public void stallAfter(Direction direction, long bytes) {
        traffic.stallAfter(direction, bytes);
    }

    /**
     * Ends every connection on one side, and does not tell the other, which goes on writing to nobody.
     *
     * @param gone the end that is lost: {@code TO_SERVER} leaves clients with a dead connection, {@code TO_CLIENT} leaves servers with one
     */
    public void halfOpen(Direction gone) {
        links.forEach(link -> link.sever(gone));
    }

    /** Lets everything in this direction arrive later by this time. */
    public void delay(Direction direction, Duration delay) {
        traffic.delay(direction, delay);
    }

    /** Resets new connections as soon as they come. Those that stand stay. */
    public void refuse() {
        refuses = true;
    }

    /** Ends every fault: what was stalled arrives, new connections pass, and half open ones are reset. */
    public void heal() {
        refuses = false;
        links.stream().filter(Link::isSevered).forEach(Link::cut);
        traffic.heal();
    }

    /** How many connections stand at this moment, half open ones included. */
    public int connections() {
        return links.size();
    }

    /** How many connections have come so far, refused ones included. */
    public int accepted() {
        return accepted.get();
    }

    /** Waits until so many connections have come in all; fails after this time. */
    public void awaitAccepted(int least, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (accepted() < least) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within " + atMost + ": " + least + " connections, only " + accepted());
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy could not be closed", e);
        } finally {
            cut();
        }
    }

    private void accept() {
        Optional<Socket> client = next();
        while (client.isPresent()) {
            Socket connected = client.get();
            accepted.incrementAndGet();
            Thread.ofVirtual().name("proxy-connect").start(() -> connect(connected));
            client = next();
        }
    }

    /** Nobody once the proxy is closed. */
    private Optional<Socket> next() {
        try {
            return Optional.of(listening.accept());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** A server that cannot be reached looks to the client like a connection that ends at once. */
    private void connect(Socket client) {
        Socket server = new Socket();
        Link link = new Link(client, server, traffic, links::remove);
        if (refuses) {
            link.cut();
            return;
        }
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            link.cut();
            return;
        }
        links.add(link);
        if (listening.isClosed()) {
            link.cut();
        } else {
            link.start(toClient.get());
        }
    }
}
