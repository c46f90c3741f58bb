package io.romancy.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.outbox.Outbox;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the carrier refused because the shop was set up wrongly arrives once that is mended. */
class ShopOfficeTest {
    private final PostgresDatabase shopDatabase = PostgresServer.shared().createDatabase();
    private final PostgresDatabase partnersDatabase = PostgresServer.shared().createDatabase();
    private final Books books = new Books(shopDatabase, partnersDatabase);

    @Test
    void whatWasSentToTheWrongPlaceIsSentAgain() throws Exception {
        try (var partners = Servers.partners(Servers.ANY_PORT, partnersDatabase.url())) {
            var wrong = Map.<String, Object>of("romancy.outbox.http.url", partners.getURL() + "/nowhere");
            try (var shop = Servers.shop(Servers.ANY_PORT, shopDatabase.url(), partners, wrong)) {
                var customer = new Customer(shop.getURI());
                customer.order("astray", "teapot", 1);
                customer.pay("astray");
                var outbox = shop.getApplicationContext().getBean(Outbox.class);
                Await.until("the carrier has refused it", () -> outbox.counts().rejected() == 1);
                assertThat(customer.get("/office/undelivered").body())
                        .contains("order.shipped of astray: ")
                        .contains("404");
            }

            try (var shop = Servers.shop(Servers.ANY_PORT, shopDatabase.url(), partners, Map.of())) {
                var customer = new Customer(shop.getURI());
                assertThat(customer.post("/office/undelivered", "").body()).isEqualTo("1");
                Await.until(
                        "the parcel is on its way",
                        () -> books.rows(partnersDatabase, "SELECT order_id FROM parcel")
                                .contains("astray"));
                assertThat(customer.get("/office/undelivered").body()).isEqualTo("[]");
            }
        }
        shopDatabase.close();
        partnersDatabase.close();
    }
}
