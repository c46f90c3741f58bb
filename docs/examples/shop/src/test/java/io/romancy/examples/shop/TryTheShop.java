package io.romancy.examples.shop;

import io.romancy.testkit.postgres.PostgresServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts the shop and its partners on an embedded PostgreSQL, for whoever wants to order something. */
public final class TryTheShop {
    private static final String WORDS = """

            The shop is open. Order two teapots:

              curl -H 'Content-Type: application/json' http://localhost:8080/orders \\
                -d '{"id":"1","article":"teapot","quantity":2,"email":"ada@example.org","address":"Main Street 1"}'

            See how far the order is, now and after each of the next:

              curl http://localhost:8080/orders/1

            Pay it, as the bank would report it; or wait 30 s for a letter, and another 60 s to see it cancelled:

              curl -H 'Content-Type: application/json' http://localhost:8080/payments -d '{"order":"1","reference":"pay-1"}'

            A vase is damaged, as you will find out when it is packed: the money is given back. Of the samovar there are three. And
            an order that is not shipped can be cancelled:

              curl -X DELETE http://localhost:8080/orders/1

            Stop it with Ctrl-C.
            """;

    private TryTheShop() {}

    /** Runs until it is stopped. */
    public static void main(String... args) throws InterruptedException {
        var databases = PostgresServer.shared();
        try (var partners = Servers.partners(8081, databases.createDatabase().url());
                var shop = Servers.shop(
                        8080,
                        databases.createDatabase().url(),
                        partners,
                        Map.of("shop.remind-after", "30s", "shop.give-up-after", "60s"))) {
            System.out.println(WORDS);
            new CountDownLatch(1).await();
        }
    }
}
