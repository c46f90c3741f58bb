package io.romancy.examples.plugin;

import static io.romancy.testkit.record.EventConditions.source;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.Wake;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.record.EngineEvents;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin in a jar is found by its entry in {@code META-INF/services}; one that cannot be loaded keeps no other from work. */
class FoundOnTheClassPathTest {
    static final BlockingQueue<Sku> HEARD = new LinkedBlockingQueue<>();

    /** What a jar would bring. */
    public static final class PriceWatch implements NotificationHandler<Sku> {
        @Override
        public NotificationChannel<Sku> channel() {
            return PriceCache.CHANGED;
        }

        @Override
        public void handle(Sku sku, Wake wake) {
            HEARD.add(sku);
        }
    }

    @Test
    void aHandlerIsFoundBesideOneThatIsGone(@TempDir Path jar) throws Exception {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(NotificationHandler.class.getName()),
                "com.acme.Gone\n" + PriceWatch.class.getName() + "\n");
        var events = new EngineEvents();
        try (var loader = new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
                var database = PostgresServer.shared().createDatabase();
                var romancy = Romancy.builder()
                        .database(database.url())
                        .classLoader(loader)
                        .worker(false)
                        .listener(events)
                        .open()) {
            events.await(source(SourceState.LIVE));

            romancy.wake(PriceCache.CHANGED, new Sku("apple"));

            assertThat(HEARD.poll(ofMinutes(1).toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Sku("apple"));
        }
    }
}
