package io.romancy.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.poll.Poller;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginDiscoveryTest {

    @Test
    void findsPollersAndHandlersAndIsolatesTheBrokenOnes(@TempDir Path folder) throws Exception {
        try (var loader = new ServiceFolder(folder)
                .promise(
                        Poller.class,
                        Providers.Sleepless.class.getName(),
                        Providers.Prices.class.getName(),
                        "com.acme.Gone")
                .promise(
                        NotificationHandler.class,
                        Providers.One.class.getName(),
                        Providers.Unsure.class.getName(),
                        Providers.OnPrice.class.getName(),
                        Providers.FirstOnPrice.class.getName())) {
            var plugins = PluginDiscovery.with(loader);

            assertThat(plugins.pollers()).extracting(Discovered::name).containsExactly("prices");
            assertThat(plugins.handlers())
                    .extracting(Discovered::name)
                    .containsExactly("FirstOnPrice of price_changed at -1", "OnPrice of price_changed");
            assertThat(plugins.broken())
                    .extracting(BrokenProvider::toString)
                    .satisfiesExactly(
                            poller -> assertThat(poller).contains("Providers$Sleepless", "interval is PT0S"),
                            poller -> assertThat(poller).contains("com.acme.Gone"),
                            handler -> assertThat(handler).contains("Providers$One"),
                            handler -> assertThat(handler).contains("Providers$Unsure", "it depends"));
        }
    }

    @Test
    void findsNothingWhereThereIsNothing(@TempDir Path folder) throws Exception {
        try (var loader = new ServiceFolder(folder)) {
            var plugins = PluginDiscovery.with(loader);

            assertThat(plugins.pollers()).isEmpty();
            assertThat(plugins.handlers()).isEmpty();
            assertThat(plugins.broken()).isEmpty();
        }
    }
}
