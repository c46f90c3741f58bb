package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.romancy.api.Compensation;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the methods that take activities back may do with the engine. */
class UndoingWithTheEngineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Map<String, Object> options = App.options(App.database());

    @Test
    void anActivityUsesItLikeAnyOther() throws Exception {
        try (var app = new App(options)) {
            var delivery = app.romancy().start(Delivery.class, "parcel");

            assertThat(catchThrowable(() -> delivery.result(DEADLINE))).hasStackTraceContaining("nobody is at home");
            assertThat(delivery.info().compensation()).isEqualTo(Compensation.DONE);
            assertThat(app.romancy().handle("fetch-parcel").info().status()).isNotEqualTo(InstanceStatus.FAILED);
        }
    }

    @Test
    void aMethodThatIsNoneIsRefusedAndToldWhatItLacks() throws Exception {
        options.put("romancy.default-retry.delay", "1ms");
        try (var app = new App(options)) {
            var delivery = app.romancy().start(Delivery.class, "letter");

            assertThat(catchThrowable(() -> delivery.result(DEADLINE)))
                    .hasStackTraceContaining("nobody is at home")
                    .hasStackTraceContaining("ROM-2009: Method " + Courier.class.getName()
                            + ".fetchByHand is named by @Compensate and is no activity")
                    .hasStackTraceContaining("Put @Activity on it")
                    .hasStackTraceContaining("What was refused: Romancy.start was called in the body of a workflow");
            assertThat(delivery.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
        }
    }
}
