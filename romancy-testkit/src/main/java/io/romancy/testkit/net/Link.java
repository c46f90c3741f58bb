package io.romancy.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a proxy: two sockets, and a virtual thread for each way. */
final class Link {
    private static final int PIECE = 16 * 1024;

    private final Socket client;
    private final Socket server;
    private final Traffic traffic;
    private final Consumer<Link> ended;
    private volatile boolean closed;
    private volatile boolean severed;

    Link(Socket client, Socket server, Traffic traffic, Consumer<Link> ended) {
        this.client = client;
        this.server = server;
        this.traffic = traffic;
        this.ended = ended;
    }

    void start(Filter toClient) {
        Thread.ofVirtual().name("proxy-to-server").start(() -> pump(Direction.TO_SERVER, client, server, Filter.ALL));
        Thread.ofVirtual().name("proxy-to-client").start(() -> pump(Direction.TO_CLIENT, server, client, toClient));
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

    /** Resets both connections, as when somebody in between forgot them and says so. */
    void cut() {
        closed = true;
        reset(client);
        reset(server);
        traffic.wake();
        ended.accept(this);
    }

    private void pump(Direction direction, Socket from, Socket to, Filter filter) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(piece);
            while (count >= 0) {
                pass(direction, piece, count, out, filter);
                count = in.read(piece);
            }
        } catch (IOException e) {
            // One of the two ends is gone, and what becomes of the other is decided below.
            severedOrEnded();
            return;
        }
        severedOrEnded();
    }

    private void severedOrEnded() {
        if (!severed && !closed) {
            cut();
        }
    }

    private void pass(Direction direction, byte[] piece, int count, OutputStream out, Filter filter)
            throws IOException {
        long arrived = System.nanoTime();
        int from = 0;
        while (from < count && !severed) {
            int passed = traffic.await(direction, count - from, arrived, () -> !closed && !severed);
            if (passed > 0) {
                filter.pass(piece, from, passed, out);
                from += passed;
            } else {
                return;
            }
        }
    }

    /** Without the handshake of a close: the end that reads learns at once, or never. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Then it is closed already, which is what was asked for.
            return;
        }
    }
}
