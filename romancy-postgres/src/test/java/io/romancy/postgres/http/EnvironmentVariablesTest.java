package io.romancy.postgres.http;

import static io.romancy.testkit.record.EventConditions.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.EngineStatus;
import io.romancy.postgres.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options with names of their own, in the environment, which has neither small letters nor hyphens. */
class EnvironmentVariablesTest extends HttpOutboxRig {
    private final LogLines reported = new LogLines("io.romancy.micronaut.ConfigurationKeys");

    @AfterEach
    void everythingIsRead() {
        reported.close();
        assertThat(reported.all()).isEmpty();
    }

    @Test
    void headersOfRequests() throws Exception {
        options.put("romancy.outbox.http.headers.X-Tenant", "acme");
        variables.put("ROMANCY_OUTBOX_HTTP_HEADERS_AUTHORIZATION", "Bearer s3cret");
        variables.put("ROMANCY_OUTBOX_HTTP_HEADERS_X_API_KEY", "k3y");

        add("k", "one");
        events.await(published(TYPE));

        assertThat(broker.received())
                .singleElement()
                .satisfies(request -> assertThat(request.headers())
                        .containsEntry("authorization", "Bearer s3cret")
                        .containsEntry("x-api-key", "k3y")
                        .containsEntry("x-tenant", "acme"));
    }

    /** Which of them counts is decided as it is of any other option. */
    @Test
    void aHeaderThatStandsInAFileToo() throws Exception {
        options.put("romancy.outbox.http.headers.X-Api-Key", "written");
        variables.put("ROMANCY_OUTBOX_HTTP_HEADERS_X_API_KEY", "of the environment");

        add("k", "one");
        events.await(published(TYPE));

        String counts = application()
                .getProperty("romancy.outbox.http.headers.x-api-key", String.class)
                .orElseThrow();
        assertThat(broker.received())
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsEntry("x-api-key", counts));
    }

    @Test
    void aHeaderThatBelongsToTheEvent() {
        variables.put("ROMANCY_OUTBOX_HTTP_HEADERS_CONTENT_TYPE", "s3cret");

        assertThatThrownBy(this::application)
                .rootCause()
                .hasMessageContaining("romancy.outbox.http.headers.CONTENT-TYPE = .. is refused")
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"romancy.outbox.http.types[0]", "romancy.outbox.http.types"})
    void listsByTheirMembers(String key) throws Exception {
        options.put(key, TYPE);

        add("k", "one");
        events.await(published(TYPE));

        assertThat(broker.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ROMANCY_OUTBOX_HTTP_TYPES; order.paid," + TYPE,
                "ROMANCY_OUTBOX_HTTP_TYPES_0; " + TYPE,
            })
    void listsInTheEnvironment(String name, String value) throws Exception {
        variables.put(name, value);

        add("k", "one");
        events.await(published(TYPE));

        assertThat(broker.received()).hasSize(1);
    }

    @Test
    void propertiesOfTheStorage() {
        variables.put("ROMANCY_STORAGE_PROPERTIES_LISTEN_ECHO_INTERVAL", "PT7S");

        assertThat(romancy().status().phase()).isEqualTo(EngineStatus.Phase.OPEN);
    }

    @Test
    void propertiesOfTheStorageThatAreWrong() {
        options.put("romancy.storage-properties.listenEchoInterval", "PT7S");
        variables.put("ROMANCY_STORAGE_PROPERTIES_LISTEN_ECHO_TIMEOUT", "soon");

        assertThatThrownBy(this::application)
                .hasStackTraceContaining("ROM-1001: The storage property 'listenEchoTimeout' is 'soon'");
    }
}
