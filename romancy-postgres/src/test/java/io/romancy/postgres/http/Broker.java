package io.romancy.postgres.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server down to the socket, so that it can break every rule. Keeps connections alive; remembers what it received. */
final class Broker implements AutoCloseable {
    /** What it does once a request is there. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Request request, Socket client) throws IOException;
    }

    private final ServerSocket listening;
    private final List<Request> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Behaviour behaviour = (request, client) -> send(client, answer(202, ""));

    Broker() {
        try {
            listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no broker could be opened", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://localhost:" + listening.getLocalPort();
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    List<Request> received() {
        return received;
    }

    List<String> texts() {
        return received.stream().map(Request::text).toList();
    }

    /** How many connections ended, whoever ended them. */
    int hungUp() {
        return hungUp.get();
    }

    static String answer(int status, String body, String... headers) {
        String head = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " Whatever\r\n" + head + "Content-Length: " + length + "\r\n\r\n" + body;
    }

    static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    /** Says nothing more until the client hangs up. */
    static void waitForHangUp(Socket client) throws IOException {
        while (client.getInputStream().read() >= 0) {
            // whatever still comes is not for us
        }
    }

    /** Sends this over and over, with a pause in between, until the client hangs up. */
    void sendForever(Socket client, String text, long pauseMillis) throws IOException {
        try {
            while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                send(client, text);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            closing.countDown();
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (Request request = read(in); !request.line().isEmpty(); request = read(in)) {
                received.add(request);
                behaviour.answer(request, client);
            }
        } catch (IOException hangUp) {
            // counted below, as every end is
        } finally {
            hungUp.incrementAndGet();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
