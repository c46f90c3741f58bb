package io.romancy.postgres.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.ssl.AbstractClientSslConfiguration;
import io.romancy.micronaut.http.HttpOutboxClientConfiguration;
import io.romancy.postgres.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of the HTTP client under the publisher, and what would do nothing there. */
class HttpClientOptionsTest extends HttpOutboxRig {
    private static final String CLIENT = "romancy.outbox.http.client.";

    /** A store that is there: the one of the JDK. */
    private static final String TRUSTED = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
            .toUri()
            .toString();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect-timeout | 1s | Set romancy.outbox.http.timeout",
                "readTimeout | 1s | Set romancy.outbox.http.timeout",
                "request-timeout | 1s | Set romancy.outbox.http.timeout",
                "read-idle-timeout | 1s | Remove it",
                "follow-redirects | true | redirects are not followed",
                "max-redirects | 3 | redirects are not followed",
                "redirect-cross-origin-filtered-headers | X-Api-Key | redirects are not followed",
                "exception-on-error-status | true | judges every status",
                "default-charset | UTF-16 | as bytes",
                "max-content-length | 1MB | no more than 64 KB",
                "allow-block-event-loop | true | Remove it",
                "num-of-threads | 3 | event-loop-group",
                "thread-factory | java.lang.Object | event-loop-group",
                "shutdown-timeout | 1s | event-loop-group",
                "ws.compression.enabled | true | no web socket",
            })
    void refusesWhatWouldDoNothing(String option, String value, String reason) {
        options.put(CLIENT + option, value);

        assertThatThrownBy(this::application)
                .rootCause()
                .hasMessageStartingWith("ROM-1001: Option " + CLIENT)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesItInTheEnvironmentToo() {
        variables.put("ROMANCY_OUTBOX_HTTP_CLIENT_READ_TIMEOUT", "1s");

        assertThatThrownBy(this::application)
                .rootCause()
                .hasMessageContaining("Option romancy.outbox.http.client.read-timeout is refused");
    }

    @Test
    void takesWhatItIsMeantFor() {
        options.put(CLIENT + "ssl.insecure-trust-all-certificates", true);
        options.put(CLIENT + "ssl.trust-store.path", TRUSTED);
        options.put(CLIENT + "ssl.key-store.password", "s3cret");
        options.put(CLIENT + "ssl.key.alias", "shop");
        options.put(CLIENT + "http2.ping-interval-idle", "7s");
        options.put(CLIENT + "pool.max-concurrent-http1-connections", 3);
        options.put(CLIENT + "proxy-address", "proxy:3128");
        options.put(CLIENT + "channel-options.TCP_NODELAY", true);
        try (var reported = new LogLines("io.romancy.micronaut.ConfigurationKeys")) {
            var client = application().getBean(HttpOutboxClientConfiguration.class);

            assertThat(client.getSslConfiguration())
                    .isInstanceOfSatisfying(AbstractClientSslConfiguration.class, tls -> {
                        assertThat(tls.isEnabled()).isTrue();
                        assertThat(tls.isInsecureTrustAllCertificates()).isTrue();
                        assertThat(tls.getTrustStore().getPath()).contains(TRUSTED);
                        assertThat(tls.getKeyStore().getPassword()).contains("s3cret");
                        assertThat(tls.getKey().getAlias()).contains("shop");
                    });
            assertThat(client.getHttp2Configuration().getPingIntervalIdle()).isEqualTo(Duration.ofSeconds(7));
            assertThat(client.getConnectionPoolConfiguration().getMaxConcurrentHttp1Connections())
                    .isEqualTo(3);
            assertThat(reported.all()).isEmpty();
        }
    }

    @Test
    void hasTheTlsOfTheApplicationIfNothingIsSaidOfItsOwn() {
        options.put("micronaut.http.client.ssl.trust-store.path", TRUSTED);

        assertThat(application()
                        .getBean(HttpOutboxClientConfiguration.class)
                        .getSslConfiguration()
                        .getTrustStore()
                        .getPath())
                .contains(TRUSTED);
    }

    @ParameterizedTest
    @CsvSource({"proxy-adress, proxy:3128", "ssl.trust-store.pth, x", "pool.size, 3"})
    void reportsWhatItDoesNotKnow(String option, String value) {
        options.put(CLIENT + option, value);
        try (var reported = new LogLines("io.romancy.micronaut.ConfigurationKeys")) {
            application();

            assertThat(reported.all()).singleElement().asString().contains("Option " + CLIENT + option + " of");
        }
    }
}
