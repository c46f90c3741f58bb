package io.romancy.testkit.micronaut;

import static io.romancy.testkit.record.EventConditions.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Beans that are part of the engine and use it. */
class PluginBeansTest {
    private final Map<String, Object> options = App.options(App.database());

    @Test
    void useTheEngineThatAProviderGivesThem() throws Exception {
        options.put("test.foreman", true);
        try (var app = new App(options)) {
            app.events.await(published("order.found"));

            assertThat(app.context().getBean(Foreman.class).published).containsExactly("order.found 0");
        }
    }

    @Test
    void hearWhatIsSaidOnTheirChannels() throws Exception {
        options.put("test.doorman", true);
        try (var app = new App(options)) {
            app.romancy().wake(Doorman.RANG, "the postman");

            var heard = app.context().getBean(Doorman.class).heard;
            assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("the postman");
        }
    }

    @Test
    void areToldSoIfTheyAskForItBeforeItIsOpen() {
        options.put("test.impatient", true);

        assertThatThrownBy(() -> new App(options))
                .hasMessageContaining(Impatient.class.getSimpleName())
                .satisfies(e -> {
                    assertThat(App.refusal(e).code()).isEqualTo(ErrorCode.WRONG_PLACE);
                    assertThat(App.refusal(e)).hasMessageContaining("BeanProvider<Romancy>");
                });
    }
}
