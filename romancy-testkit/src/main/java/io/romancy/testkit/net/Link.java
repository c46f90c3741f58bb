package io.romancy.testkit.net;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection through a proxy: two sockets, and a {@link Pump} for each way. An end that has said all it had to say is no fault: what it
 * said arrives, and then the other end learns that there is no more.
 */
final class Link {
    private final Socket client;
    private final Socket server;
    private final Traffic traffic;
    private final Consumer<Link> ended;
    private final AtomicInteger open = new AtomicInteger(Direction.values().length);
    private volatile boolean closed;
    private volatile boolean severed;

    Link(Socket client, Socket server, Traffic traffic, Consumer<Link> ended) {
        this.client = client;
        this.server = server;
        this.traffic = traffic;
        this.ended = ended;
    }

    void start(Filter toClient) {
        new Pump(this, Direction.TO_SERVER, client, server, traffic, Filter.ALL).start();
        new Pump(this, Direction.TO_CLIENT, server, client, traffic, toClient).start();
    }

    /** Ends one of the two connections, and the other end is not told. What it sends is taken and forgotten. */
    void sever(Direction end) {
        severed = true;
        reset(
                switch (end) {
                    case TO_SERVER -> server;
                    case TO_CLIENT -> client;
                });
        traffic.wake();
    }

    boolean isSevered() {
        return severed;
    }

    /** Whether anything passes. */
    boolean stands() {
        return !closed && !severed;
    }

    /** Resets both connections, as when somebody in between forgot them and says so. */
    void cut() {
        closed = true;
        reset(client);
        reset(server);
        traffic.wake();
        ended.accept(this);
    }

    /** Everything of one way has arrived, and its receiver knows that. */
    void finished() {
        if (open.decrementAndGet() == 0 && stands()) {
            closed = true;
            close(client);
            close(server);
            ended.accept(this);
        }
    }

    /** One of the two ends is gone; the other is told, unless it is not to know. */
    void broken() {
        if (stands()) {
            cut();
        }
    }

    /** Without the handshake of a close: the end that reads learns at once, or never. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            return; // closed already, which is what was asked for
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // its descriptor is gone all the same
        }
    }
}
