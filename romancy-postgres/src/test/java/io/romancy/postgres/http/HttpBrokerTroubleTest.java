package io.romancy.postgres.http;

import static io.romancy.testkit.record.EventConditions.postponed;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.setAside;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Brokers that break every rule: the event comes to its end, others are not held up, and no connection stays open for it. */
class HttpBrokerTroubleTest extends HttpOutboxRig {
    private static final String ENDLESS = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

    private final AtomicBoolean healed = new AtomicBoolean();

    @BeforeEach
    void shortTimeout() {
        options.put("romancy.outbox.http.timeout", "500ms");
    }

    /** Does this to the event "bad" until it is healed, and takes all others. */
    private void trouble(Broker.Behaviour trouble) {
        broker.behave((request, client) -> {
            if (request.text().equals("bad") && !healed.get()) {
                trouble.answer(request, client);
            } else {
                Broker.send(client, Broker.answer(200, ""));
            }
        });
    }

    /** Whatever happens to one event, those of other keys arrive, and it does too when the trouble is over. */
    private void holdsUpNobody() throws Exception {
        add("poisoned", "bad", "behind it");
        events.await(postponed(TYPE).times(2));
        add("healthy", "a", "b");
        events.await(published(TYPE).times(2));

        healed.set(true);
        events.await(published(TYPE).times(4));
        assertThat(broker.texts()).containsSubsequence("bad", "behind it").containsSubsequence("a", "b");
        assertThat(refusals()).isEmpty();
    }

    @Test
    void oneThatHangs() throws Exception {
        trouble((request, client) -> Broker.waitForHangUp(client));

        holdsUpNobody();

        assertThat(postponements())
                .allSatisfy(postponed -> assertThat(postponed.reason()).contains("/events", "no answer within PT0.5S"));
        await(
                "the connections are closed",
                () -> broker.hungUp() >= postponements().size());
    }

    @Test
    void oneThatResetsTheConnection() throws Exception {
        trouble((request, client) -> {
            client.setSoLinger(true, 0);
            client.close();
        });

        holdsUpNobody();
    }

    @Test
    void oneThatEndsInTheMiddleOfTheHead() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 200 OK\r\nContent-");
            client.close();
        });

        holdsUpNobody();
    }

    @Test
    void oneWhoseHeadComesInDrops() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 200 OK\r\nX-Long: ");
            broker.sendForever(client, "x", 50);
        });

        holdsUpNobody();

        assertThat(postponements())
                .allSatisfy(postponed -> assertThat(postponed.reason()).contains("/events", "no answer within PT0.5S"));
    }

    @Test
    void oneThatSpeaksAnotherLanguage() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "SSH-2.0-OpenSSH_9.6\r\n\r\n\u0001\u0002");
            Broker.waitForHangUp(client);
        });

        holdsUpNobody();
    }

    @Test
    void oneWhoseHeadIsTooLong() throws Exception {
        trouble((request, client) -> {
            Broker.send(
                    client, "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1_000_000) + "\r\nContent-Length: 0\r\n\r\n");
            Broker.waitForHangUp(client);
        });

        holdsUpNobody();
    }

    @Test
    void oneThatIsNotThere() throws Exception {
        int nobody = closedPort();
        options.put("romancy.outbox.http.url", "http://localhost:" + nobody + "/events");

        add("k", "lost");
        events.await(postponed(TYPE).times(2));

        assertThat(postponements().getFirst().reason()).contains("localhost:" + nobody, "was not reached");
        assertThat(romancy().outbox().counts().pending()).isEqualTo(1);
    }

    @Test
    void aWordOfThanksWithoutEndIsThanksAllTheSame() throws Exception {
        var sent = new AtomicInteger();
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 200 OK\r\n" + ENDLESS);
            try {
                broker.sendForever(client, CHUNK, 0);
            } finally {
                sent.incrementAndGet();
            }
        });

        add("k", "bad", "next");
        events.await(published(TYPE).times(2));

        assertThat(broker.texts()).containsExactly("bad", "next");
        await("the client hangs up", () -> sent.get() == 1);
    }

    @Test
    void neitherDoesOneThatComesInDropsHoldUpTheNext() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 200 OK\r\n" + ENDLESS);
            broker.sendForever(client, "1\r\nx\r\n", 50);
        });

        add("k", "bad", "next");
        events.await(published(TYPE).times(2));

        assertThat(broker.texts()).containsExactly("bad", "next");
        await("the client hangs up", () -> broker.hungUp() >= 1);
    }

    @Test
    void aRefusalWithoutEndIsARefusal() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 400 Bad Request\r\n" + ENDLESS);
            broker.sendForever(client, CHUNK, 0);
        });

        add("k", "bad", "next");
        events.await(setAside(TYPE));
        events.await(published(TYPE));

        assertThat(refusals().getFirst().reason()).contains("answered 400").hasSizeLessThan(500);
        await("the client hangs up", () -> broker.hungUp() >= 1);
    }

    @Test
    void aRefusalThatBreaksOffIsARefusal() throws Exception {
        trouble((request, client) -> {
            Broker.send(client, "HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\nno such");
            client.close();
        });

        add("k", "bad", "next");
        events.await(setAside(TYPE));
        events.await(published(TYPE));

        assertThat(refusals().getFirst().reason()).contains("answered 400 Bad Request: no such");
    }

    private static int closedPort() throws Exception {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
