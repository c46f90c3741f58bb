package io.romancy.examples.orders.run;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.examples.orders.OrderProcessing;
import io.romancy.examples.orders.Shop;

/** How Romancy is opened here. What is set is set for the show: the defaults are made for production. */
final class Engines {
    private Engines() {}

    /** An engine that works on orders, and may be asked about them. */
    static Romancy worker(String url, String name, Shop shop) {
        return options(url, name)
                .workflow(OrderProcessing.class, () -> new OrderProcessing(shop))
                .open();
    }

    /** An engine that starts orders and asks about them, and leaves the work to others. */
    static Romancy client(String url, String name) {
        return options(url, name).worker(false).open();
    }

    private static RomancyBuilder options(String url, String name) {
        return Romancy.builder()
                .database(url)
                .workerName(name)
                // What a killed worker held goes on after 3 s; 15 s by default, to forgive a slow network.
                .leaseDuration(ofSeconds(3))
                .leaseRenewal(ofMillis(750))
                // Only SQLite polls this often. PostgreSQL rings the bell, and these are the safety net under it.
                .workflowResumptionInterval(ofMillis(250))
                .timerCheckInterval(ofMillis(250))
                .channelTimeoutInterval(ofMillis(250))
                .notifyFallbackInterval(ofSeconds(5))
                .defaultRetry(RetryPolicy.defaults().delay(ofMillis(200)))
                .shutdownTimeout(ofSeconds(10))
                // The report at the end wants to see every order.
                .retention(null);
    }
}
