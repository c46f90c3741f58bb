package io.romancy.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault of the proxy as the two ends of a connection feel it. */
class TcpProxyTest {
    private static final int A_WHILE_MILLIS = 200;
    private static final int DEADLINE_MILLIS = 60_000;

    private EchoServer server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        proxy = TcpProxy.to("localhost", server.port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingUntilItIsTold() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, "abc")).isEqualTo("abc");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void aCutIsFeltByBothEndsAndNewConnectionsPass() throws Exception {
        try (Socket client = connect()) {
            answer(client, "x");
            proxy.cut();

            assertThat(isGone(client)).isTrue();
            assertThat(server.oneEnded().await(60, TimeUnit.SECONDS)).isTrue();
        }
        try (Socket client = connect()) {
            assertThat(answer(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void whatIsStalledArrivesAfterTheHeal() throws IOException {
        for (Direction direction : Direction.values()) {
            try (Socket client = connect()) {
                answer(client, "x");
                proxy.stall(direction);
                send(client, "later");
                assertThat(isSilent(client)).as("%s", direction).isTrue();

                proxy.heal();

                assertThat(read(client, 5)).isEqualTo("later");
            }
        }
    }

    @Test
    void aStallMayBeginInsideAMessage() throws IOException {
        try (Socket client = connect()) {
            answer(client, "x");
            proxy.stallAfter(Direction.TO_CLIENT, 3);
            send(client, "message");

            assertThat(read(client, 3)).isEqualTo("mes");
            assertThat(isSilent(client)).isTrue();
            proxy.heal();
            assertThat(read(client, 4)).isEqualTo("sage");
        }
    }

    @Test
    void aHalfOpenConnectionLooksAliveToTheEndThatIsLeft() throws Exception {
        try (Socket client = connect()) {
            answer(client, "x");
            proxy.halfOpen(Direction.TO_SERVER);
            assertThat(server.oneEnded().await(60, TimeUnit.SECONDS)).isTrue();

            send(client, "anybody there?");
            assertThat(isSilent(client)).isTrue();

            proxy.heal();
            assertThat(isGone(client)).isTrue();
        }
    }

    @Test
    void theServerMayBeTheEndThatIsLeft() throws Exception {
        try (Socket client = connect()) {
            answer(client, "x");
            proxy.halfOpen(Direction.TO_CLIENT);

            assertThat(isGone(client)).isTrue();
            assertThat(server.oneEnded().await(A_WHILE_MILLIS, TimeUnit.MILLISECONDS))
                    .isFalse();
            proxy.heal();
            assertThat(server.oneEnded().await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsDelayedArrivesLater() throws IOException {
        try (Socket client = connect()) {
            answer(client, "x");
            proxy.delay(Direction.TO_SERVER, Duration.ofMillis(100));
            proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(50));
            long begin = System.nanoTime();

            answer(client, "late");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @Test
    void aDelayIsTheSameForMuchAsForLittle() throws Exception {
        byte[] much = new byte[1_000_000];
        proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(200));
        try (Socket client = connect()) {
            long begin = System.nanoTime();
            Thread sender = Thread.ofVirtual().start(() -> send(client, much));

            assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("62 pieces, each 200 ms after the one before, take 12 s")
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(9));
            sender.join();
        }
    }

    @Test
    void whatAServerSaysBeforeItHangsUpArrives() throws Exception {
        byte[] much = new byte[8_000_000];
        try (var said = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var between = TcpProxy.to("localhost", said.getLocalPort())) {
            Thread.ofVirtual().start(() -> {
                try (Socket one = said.accept()) {
                    one.getOutputStream().write(much);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), between.port())) {
                client.setSoTimeout(DEADLINE_MILLIS);

                int count = 0;
                byte[] piece = new byte[64 * 1024];
                for (int n = client.getInputStream().read(piece);
                        n >= 0;
                        n = client.getInputStream().read(piece)) {
                    count += n;
                    Thread.sleep(1); // slower than the server, which has gone long before
                }

                assertThat(count).isEqualTo(much.length);
            }
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (between.connections() > 0) {
                assertThat(System.nanoTime() - end)
                        .as("a connection that has ended stays")
                        .isNegative();
                Thread.sleep(1);
            }
        }
    }

    @Test
    void refusesNewConnectionsAndKeepsTheOldOnes() throws IOException {
        try (Socket old = connect()) {
            answer(old, "x");
            proxy.refuse();

            try (Socket client = connect()) {
                assertThat(isGone(client)).isTrue();
            }
            assertThat(answer(old, "still")).isEqualTo("still");
            proxy.heal();
            try (Socket client = connect()) {
                assertThat(answer(client, "new")).isEqualTo("new");
            }
            proxy.awaitAccepted(3, Duration.ofSeconds(60));
        }
    }

    @Test
    void leadsNewConnectionsElsewhere() throws IOException {
        proxy.leadTo("localhost", freePortOfNobody());
        try (Socket client = connect()) {
            assertThat(isGone(client)).isTrue();
        }
        proxy.leadTo("localhost", server.port());
        try (Socket client = connect()) {
            assertThat(answer(client, "found")).isEqualTo("found");
        }
    }

    @Test
    void aFilterDecidesWhatArrives() throws IOException {
        Filter withoutVowels = (bytes, from, count, to) -> {
            for (int i = from; i < from + count; i++) {
                if ("aeiou".indexOf(bytes[i]) < 0) {
                    to.write(bytes[i]);
                }
            }
        };
        try (TcpProxy filtering = TcpProxy.to("localhost", server.port(), () -> withoutVowels);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), filtering.port())) {
            client.setSoTimeout(DEADLINE_MILLIS);
            send(client, "filter");
            assertThat(read(client, 4)).isEqualTo("fltr");
        }
    }

    @Test
    void acceptsNobodyAfterTheClose() throws IOException {
        Socket client = connect();
        answer(client, "x");
        int port = proxy.port();
        proxy.close();

        assertThat(isGone(client)).isTrue();
        assertThat(proxy.connections()).isZero();
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(stranger.isConnected())
                    .as("to whoever has the port by now")
                    .isTrue();
            assertThatThrownBy(() -> proxy.awaitAccepted(2, Duration.ofMillis(A_WHILE_MILLIS)))
                    .isInstanceOf(AssertionError.class);
        } catch (ConnectException nobodyListens) {
            return;
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(DEADLINE_MILLIS);
        return client;
    }

    private static String answer(Socket client, String text) throws IOException {
        send(client, text);
        return read(client, text.length());
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static boolean isSilent(Socket client) throws IOException {
        client.setSoTimeout(A_WHILE_MILLIS);
        try {
            int read = client.getInputStream().read();
            throw new AssertionError("not silent, but " + read);
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            client.setSoTimeout(DEADLINE_MILLIS);
        }
    }

    /** Whether the other end is gone: reset or closed. */
    private static boolean isGone(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static int freePortOfNobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
