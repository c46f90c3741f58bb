package io.romancy.examples.plugin;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All prices, in memory. The poller is what makes it right: it reads what changed since it last looked. The handler only makes it quick:
 * it reads the one row that a hint names. Each is called by one thread at a time, so both may be called at once.
 */
final class PriceCache implements Poller, NotificationHandler<Sku> {
    /** "The price of this article changed": carries its number and never the price, because a hint may be late. */
    static final NotificationChannel<Sku> CHANGED = NotificationChannel.of("price_changed", Sku::code, Sku::parse);

    private static final int BATCH = 500;

    private final PriceList list;
    private final Duration interval;
    private final Map<String, Price> prices = new ConcurrentHashMap<>();
    private long seen; // only the poller's thread

    /**
     * @param interval how old a price may be while there are no notifications, or none that can be trusted
     */
    PriceCache(PriceList list, Duration interval) {
        this.list = list;
        this.interval = interval;
    }

    OptionalLong cents(String sku) {
        Price price = prices.get(sku);
        return price == null ? OptionalLong.empty() : OptionalLong.of(price.cents());
    }

    // the truth: rows, found whatever becomes of hints

    @Override
    public String name() {
        return "price-cache";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public PollResult poll(PollContext context) throws SQLException {
        List<Price> changed = list.changedAfter(seen, BATCH);
        changed.forEach(this::keepNewer);
        if (!changed.isEmpty()) {
            seen = changed.getLast().version();
        }
        return new PollResult(changed.size(), changed.size() == BATCH, null, Set.of());
    }

    // the shortcut

    @Override
    public NotificationChannel<Sku> channel() {
        return CHANGED;
    }

    @Override
    public void handle(Sku sku, Wake wake) throws SQLException {
        list.find(sku.code()).ifPresent(this::keepNewer);
    }

    /** A reconnect, a flood, a hint that nobody could read, a failure above: the poller knows what to do about all of them. */
    @Override
    public void missed(Wake wake) {
        wake.poller(name());
    }

    /** Hints and polls may overtake each other: the version decides, and not who comes last. */
    private void keepNewer(Price price) {
        prices.merge(price.sku(), price, (old, read) -> read.version() > old.version() ? read : old);
    }
}
