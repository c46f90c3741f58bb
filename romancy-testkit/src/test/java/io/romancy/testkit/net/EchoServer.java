package io.romancy.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Sends back whatever comes. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket listening;
    private final CountDownLatch oneEnded = new CountDownLatch(1);

    EchoServer() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Open until the first client was seen to be gone. */
    CountDownLatch oneEnded() {
        return oneEnded;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // Reset by the other end, which is one way of being gone.
            oneEnded.countDown();
        } finally {
            oneEnded.countDown();
        }
    }
}
