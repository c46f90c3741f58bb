package io.romancy.examples.plugin;

import static io.romancy.testkit.record.EventConditions.source;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.record.EngineEvents;
import io.romancy.testkit.record.EventCondition;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache is right whatever becomes of notifications, and quick where they arrive. */
class PriceCacheTest {
    private static final Duration NEVER = ofMinutes(59);

    private final Faults faults = Faults.create();
    private final EngineEvents events = new EngineEvents();

    @Test
    void aChangeElsewhereIsHereByItsHint() throws Exception {
        try (var shop = new Shop(NEVER)) {
            shop.keeper().setPrice("apple", 120);

            // the look that follows a connection may be the first to see it
            events.await(EventCondition.of(
                    "the hint",
                    EngineEvent.HintReceived.class,
                    hint -> hint.channel().equals("price_changed")));
            shop.awaitPrice("apple", 120);
        }
    }

    @Test
    void everyPriceIsRightThoughEveryNotificationIsLost() throws Exception {
        try (var shop = new Shop(ofSeconds(1))) {
            faults.notifications().drop();

            for (int round = 1; round <= 3; round++) {
                for (int article = 0; article < 20; article++) {
                    shop.keeper().setPrice("article-" + article, 100L * round + article);
                }
            }

            for (int article = 0; article < 20; article++) {
                shop.awaitPrice("article-" + article, 300L + article);
            }
            assertThat(faults.notifications().dropped()).isPositive();
            assertThat(events.all(EngineEvent.HintReceived.class))
                    .noneMatch(hint -> hint.channel().equals("price_changed"));
        }
    }

    @Test
    void whatChangedWhileTheConnectionWasDownIsReadWhenItIsBack() throws Exception {
        try (var shop = new Shop(NEVER)) {
            faults.notifications().disconnect();
            shop.keeper().setPrice("apple", 120);

            faults.notifications().reconnect();

            shop.awaitPrice("apple", 120);
        }
    }

    @Test
    void aHintThatNobodyCanReadIsOneThatWasMissed() throws Exception {
        try (var shop = new Shop(NEVER)) {
            faults.notifications().drop();
            shop.keeper().setPrice("apple", 120);

            faults.notifications().forge(new Notification("romancy_price_changed", "no article, {"));

            shop.awaitPrice("apple", 120);
        }
    }

    @Test
    void aChangeThatIsRolledBackIsNotSeen() throws Exception {
        try (var shop = new Shop(NEVER)) {
            shop.keeper().setPrice("apple", 120);
            shop.awaitPrice("apple", 120);

            shop.writer.inTransaction(transaction -> {
                PriceList.change(transaction.unwrap(Connection.class), "apple", 1);
                shop.writer.wake(PriceCache.CHANGED, new Sku("apple"));
                transaction.rollbackOnly();
                return "";
            });
            shop.keeper().setPrice("pear", 80);

            shop.awaitPrice("pear", 80);
            assertThat(shop.cache.cents("apple")).hasValue(120);
        }
    }

    @Test
    void whereThereAreNoNotificationsItIsFoundByPolling(@TempDir Path folder) throws Exception {
        assertThat(FreshPrices.run("jdbc:sqlite:" + folder.resolve("prices.db")))
                .hasValue(120);
    }

    /** Two processes, as it were: one that changes prices, and one with a cache behind the faults. */
    private final class Shop implements AutoCloseable {
        private final PostgresDatabase database = PostgresServer.shared().createDatabase();
        private final PriceList list = new PriceList(database.url());
        private final PriceCache cache;
        private final Romancy writer;
        private final Romancy reader;

        /** Without notifications the cache looks so often. */
        Shop(Duration interval) throws Exception {
            cache = new PriceCache(list, interval);
            list.create();
            writer = Romancy.builder().database(database.url()).worker(false).open();
            reader = Romancy.builder()
                    .database(faults.url(database.url()))
                    .worker(false)
                    .listenNotify(ListenNotify.TRUE)
                    .notifyFallbackInterval(interval)
                    .channelTimeoutInterval(interval)
                    .poller(cache)
                    .handler(cache)
                    .listener(events)
                    .open();
            events.await(source(SourceState.LIVE));
            events.await(EventCondition.of(
                    "the first look",
                    EngineEvent.PollFinished.class,
                    poll -> poll.poller().equals(cache.name())));
        }

        Shopkeeper keeper() {
            return new Shopkeeper(writer);
        }

        void awaitPrice(String sku, long cents) throws InterruptedException {
            long end = System.nanoTime() + ofMinutes(1).toNanos();
            while (cache.cents(sku).orElse(0) != cents) {
                assertThat(System.nanoTime())
                        .as("price of %s is %s and not %d", sku, cache.cents(sku), cents)
                        .isLessThan(end);
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            faults.heal();
            reader.close();
            writer.close();
            faults.close();
            database.close();
        }
    }
}
