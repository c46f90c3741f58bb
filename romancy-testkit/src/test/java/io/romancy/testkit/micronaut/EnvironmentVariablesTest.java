package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.romancy.api.EngineStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is said of variables of the environment that begin like ours. */
class EnvironmentVariablesTest {
    @ParameterizedTest
    @CsvSource({
        "ROMANCY_SERVICE_HOST, 10.0.0.11",
        "ROMANCY_SERVICE_PORT, 8080",
        "ROMANCY_SERVICE_PORT_HTTP, 8080",
        "ROMANCY_PORT, tcp://10.0.0.11:8080",
        "ROMANCY_PORT_8080_TCP, tcp://10.0.0.11:8080",
        "ROMANCY_PORT_8080_TCP_PROTO, tcp",
        "ROMANCY_PORT_8080_TCP_PORT, 8080",
        "ROMANCY_PORT_8080_TCP_ADDR, 10.0.0.11",
        "ROMANCY_PORT_53_UDP, udp://10.0.0.11:53",
        "ROMANCY_POSTGRES_SERVICE_HOST, 10.0.0.12",
        "ROMANCY_DATABASE_SERVICE_HOST, 10.0.0.12",
        "ROMANCY_WORKER_SERVICE_PORT, 8080",
        "ROMANCY_POSTGRES_SERVICE_PORT_PG_BOUNCER, 6432",
        "ROMANCY_POSTGRES_PORT, tcp://10.0.0.12:5432",
        "ROMANCY_POSTGRES_PORT_5432_TCP_ADDR, 10.0.0.12",
    })
    void nothingOfThoseThatKubernetesSetsForAService(String name, String value) {
        assertThat(reported(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ROMANCY_MAX_PARKED_WORKFLOW, 5",
        "ROMANCY_PORT, 8080",
        "ROMANCY_POOL_PORT_SIZE, 5",
        "ROMANCY_SERVICE_NAME, shop",
        "ROMANCY_ACTIVITIES_GREETER_FLAKY_ATTEMPTS, 3",
    })
    void thatAnyOtherDoesNothing(String name, String value) {
        assertThat(reported(Map.of(name, value))).singleElement().asString().contains("Option " + name + " of");
    }

    @ParameterizedTest
    @CsvSource({
        "ROMANCY_MAX_PARKED_WORKFLOWS, 5",
        "ROMANCY_OUTBOX_MAX_AGE, never",
        "ROMANCY_ACTIVITIES_MAIL_MAX_DELAY, 2m",
        "ROMANCY_STORAGE_PROPERTIES_SOME_NAME, 1",
    })
    void nothingOfWhatIsRead(String name, String value) {
        assertThat(reported(Map.of(name, value))).isEmpty();
    }

    private static List<String> reported(Map<String, Object> variables) {
        var log = (Logger) LoggerFactory.getLogger("io.romancy.micronaut.ConfigurationKeys");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try (var app = new App(App.options(App.database()), variables)) {
            assertThat(app.romancy().status().phase()).isEqualTo(EngineStatus.Phase.OPEN);
        } finally {
            log.detachAppender(lines);
        }
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
