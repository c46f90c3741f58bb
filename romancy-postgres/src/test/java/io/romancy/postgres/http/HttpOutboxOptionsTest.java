package io.romancy.postgres.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.micronaut.http.HttpOutboxConfiguration;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.OutboxPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be configured, and what is refused before anything is sent. */
class HttpOutboxOptionsTest extends HttpOutboxRig {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url     | ftp://broker/x                | no address that a request could be sent to",
                "url     | /events                       | no address that a request could be sent to",
                "url     | http://[bad                   | it is no URI",
                "url     | https://joe:s3cret@broker/x   | it carries credentials",
                "source  | not a uri s3                  | it is no URI",
                "timeout | 0s                            | it is out of range",
                "headers.Content-Type | s3cret           | belongs to the event or to the connection",
                "headers.X y          | s3cret           | is no name of a header",
            })
    void refusesWhatCannotWork(String option, String value, String reason) {
        options.put("romancy.outbox.http." + option, value);

        assertThatThrownBy(this::application)
                .satisfies(thrown -> assertThat(refusal(thrown))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                        .hasMessageContaining("romancy.outbox.http." + option + " = ")
                        .hasMessageContaining(reason)
                        .message()
                        .doesNotContain("s3cret"));
    }

    @Test
    void showsNoSecret() {
        options.put("romancy.outbox.http.url", broker.url() + "/events?token=s3cret");
        options.put("romancy.outbox.http.headers.Authorization", "Bearer s3cret");

        assertThat(application().getBean(HttpOutboxConfiguration.class).toString())
                .contains("Authorization")
                .doesNotContain("s3cret");
        assertThat(application().getBean(OutboxPublisher.class).toString())
                .contains(broker.url() + "/events")
                .doesNotContain("s3cret");
    }

    @Test
    void withoutAUrlThereIsNoPublisher() {
        options.remove("romancy.outbox.http.url");

        assertThat(application().containsBean(OutboxPublisher.class)).isFalse();
    }

    @Test
    void switchedOffWithTheRest() {
        options.put("romancy.enabled", false);

        assertThat(application().containsBean(OutboxPublisher.class)).isFalse();
    }

    private static RomancyException refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RomancyException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("no refusal of ours in it", thrown);
    }
}
