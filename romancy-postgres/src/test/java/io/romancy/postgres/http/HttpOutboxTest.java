package io.romancy.postgres.http;

import static io.romancy.testkit.record.EventConditions.postponed;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.setAside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker gets, and what its answers mean. */
class HttpOutboxTest extends HttpOutboxRig {
    @Test
    void anEventArrivesAsACloudEventWithItsAttributesInTheHead() throws Exception {
        options.put("romancy.outbox.http.headers.Authorization", "Bearer s3cret");
        var event = OutboxEvent.of(TYPE, Map.of("total", 42))
                .key("order 7")
                .header("tenant", "Zürich \"1\" 100%")
                .header("subject", "orders/7")
                .header("X-Trace", "abc");

        String id = romancy().inTransaction(transaction -> romancy().outbox().add(event));
        events.await(published(TYPE));

        assertThat(broker.received()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /events HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("ce-specversion", "1.0")
                    .containsEntry("ce-id", id)
                    .containsEntry("ce-type", TYPE)
                    .containsEntry("ce-source", "/shop")
                    .containsEntry("ce-partitionkey", "order%207")
                    .containsEntry("ce-tenant", "Z%C3%BCrich%20%221%22%20100%25")
                    .containsEntry("ce-subject", "orders/7")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("x-trace", "abc")
                    .containsEntry("authorization", "Bearer s3cret");
            assertThat(OffsetDateTime.parse(request.header("ce-time"))).isNotNull();
            assertThat(request.body()).isEqualTo("{\"total\":42}");
        });
    }

    @Test
    void orAsOneJsonDocument() throws Exception {
        options.put("romancy.outbox.http.mode", "structured");
        options.put("romancy.outbox.http.source", "https://acme.example/shop");

        add(OutboxEvent.of(TYPE, Map.of("total", 42)).key("7"));
        events.await(published(TYPE));

        assertThat(broker.received()).singleElement().satisfies(request -> {
            assertThat(request.header("content-type")).startsWith("application/cloudevents+json");
            assertThat(request.header("ce-id")).isEmpty();
            assertThat(request.body())
                    .contains("\"type\":\"order.shipped\"", "\"source\":\"https://acme.example/shop\"")
                    .contains("\"partitionkey\":\"7\"", "\"data\":{\"total\":42}");
        });
    }

    @Test
    void aRefusalSetsTheEventAsideAndItsKeyGoesOn() throws Exception {
        broker.behave((request, client) -> Broker.send(
                client,
                request.text().equals("bad")
                        ? Broker.answer(422, "no\u0000 such\r\ncustomer " + "x".repeat(5_000))
                        : Broker.answer(204, "")));

        add("k", "bad", "good");
        events.await(published(TYPE));

        events.await(setAside(TYPE));
        assertThat(refusals()).singleElement().satisfies(event -> {
            assertThat(event.expired()).isFalse();
            assertThat(event.reason())
                    .contains(broker.url() + "/events answered 422")
                    .contains("no such customer xxx")
                    .hasSizeLessThan(500);
        });
        assertThat(broker.texts()).containsExactly("bad", "good");
        assertThat(romancy().outbox().counts().rejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 600})
    void whatSpeaksOfTheMomentIsTriedAgain(int status) throws Exception {
        var times = new AtomicInteger();
        broker.behave((request, client) ->
                Broker.send(client, Broker.answer(times.incrementAndGet() <= 2 ? status : 200, "not now")));

        add("k", "one", "two");
        events.await(published(TYPE).times(2));

        assertThat(broker.texts()).containsExactly("one", "one", "one", "two");
        assertThat(refusals()).isEmpty();
        assertThat(postponements())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.reason()).contains("answered " + status));
    }

    @Test
    void aBrokerThatNamesAPauseGetsIt() throws Exception {
        broker.behave((request, client) -> Broker.send(
                client,
                switch (request.text()) {
                    case "seconds" -> Broker.answer(503, "", "Retry-After: 3600");
                    case "date" ->
                        Broker.answer(
                                429,
                                "",
                                "Date: Tue, 15 Nov 1994 08:12:31 GMT",
                                "Retry-After: Tue, 15 Nov 1994 08:42:31 GMT");
                    case "ages" -> Broker.answer(503, "", "Retry-After: 999999999999");
                    default -> Broker.answer(503, "", "Retry-After: soon");
                }));

        for (String text : new String[] {"seconds", "date", "ages"}) {
            add(text, text);
        }
        events.await(postponed(TYPE).times(3));
        assertThat(postponements())
                .extracting(EngineEvent.EventPostponed::pause)
                .containsExactlyInAnyOrder(Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofDays(1));

        add("k", "nonsense");
        events.await(postponed(TYPE).times(5));
        assertThat(broker.texts()).as("tried by our own pauses").contains("nonsense", "nonsense");
    }

    @Test
    void aRedirectIsNamedAndNotFollowed() throws Exception {
        options.put("romancy.outbox.http.headers.Authorization", "Bearer s3cret");
        try (var elsewhere = new Broker()) {
            broker.behave((request, client) ->
                    Broker.send(client, Broker.answer(307, "", "Location: " + elsewhere.url() + "/new?token=s3cret")));

            add("k", "one");
            events.await(postponed(TYPE).times(2));

            assertThat(postponements().getFirst().reason())
                    .contains("answered 307", elsewhere.url() + "/new", "romancy.outbox.http.url")
                    .doesNotContain("s3cret");
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void onlyTheTypesThatWereAskedForAreSent() throws Exception {
        options.put("romancy.outbox.http.types", "order.*,payment.refunded");

        for (String type : new String[] {"order.placed", "payment.refunded", "payment.booked"}) {
            add(OutboxEvent.of(type, type));
        }
        events.await(published("order.placed"));
        events.await(published("payment.refunded"));
        events.await(postponed("payment.booked"));

        assertThat(broker.texts()).containsExactlyInAnyOrder("order.placed", "payment.refunded");
        assertThat(postponements().getFirst().reason()).contains("no publisher accepts");
    }

    @Test
    void aHeaderThatNoRequestCouldCarrySetsTheEventAside() throws Exception {
        add(OutboxEvent.of(TYPE, "smuggled").key("k").header("X-A", "b\r\nHost: evil"));
        add(OutboxEvent.of(TYPE, "taken").key("k").header("Content-Length", "0"));
        add(OutboxEvent.of(TYPE, "ours").key("k").header("id", "42"));
        add("k", "good");
        events.await(setAside(TYPE).times(2));
        events.await(published(TYPE).times(2));

        assertThat(broker.texts()).containsExactly("ours", "good");
        assertThat(broker.received().getFirst().header("ce-id")).startsWith("evt_");
        assertThat(refusals()).allSatisfy(event -> assertThat(event.reason()).contains("Take a name"));
    }

    @Test
    void whatCannotBeSentIsRefusedWhereItIsAdded() throws Exception {
        options.put("romancy.max-payload-bytes", 1024);
        romancy().inTransaction(transaction -> {
            assertThatThrownBy(() -> romancy().outbox().add(TYPE, "x".repeat(2_000)))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
                    .hasMessageContaining("ROM-2012");
            assertThatThrownBy(() -> romancy().outbox().add(TYPE, new Object()))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_UNWRITABLE))
                    .hasMessageContaining("java.lang.Object");
            return romancy().outbox().add(TYPE, "small");
        });
        events.await(published(TYPE));

        assertThat(broker.texts()).containsExactly("small");
    }
}
