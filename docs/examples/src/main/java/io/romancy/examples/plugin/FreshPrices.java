package io.romancy.examples.plugin;

import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** A cache of the application's own table that hears of changes in every process: over PostgreSQL at once, elsewhere within seconds. */
public final class FreshPrices {
    private FreshPrices() {}

    static OptionalLong run(String database) throws Exception {
        var list = new PriceList(database);
        list.create();
        var cache = new PriceCache(list, ofSeconds(5));
        try (var romancy = Romancy.builder()
                .database(database)
                .worker(false) // a cache needs no workflows
                .poller(cache)
                .handler(cache)
                .open()) {
            new Shopkeeper(romancy).setPrice("apple", 120);
            while (cache.cents("apple").isEmpty()) { // in a moment; an application would just go on with what it has
                LockSupport.parkNanos(1_000_000);
            }
            return cache.cents("apple");
        }
    }

    public static void main(String... args) throws Exception {
        System.out.println(run("jdbc:sqlite:prices.db"));
    }
}
