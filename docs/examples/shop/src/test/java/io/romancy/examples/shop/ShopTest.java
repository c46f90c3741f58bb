package io.romancy.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.romancy.api.Romancy;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ends that an order can come to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopTest {
    private final PostgresDatabase shopDatabase = PostgresServer.shared().createDatabase();
    private final PostgresDatabase partnersDatabase = PostgresServer.shared().createDatabase();
    private final Books books = new Books(shopDatabase, partnersDatabase);
    private EmbeddedServer partners;
    private EmbeddedServer shop;
    private Customer customer;

    @BeforeAll
    void open() {
        partners = Servers.partners(Servers.ANY_PORT, partnersDatabase.url());
        shop = Servers.shop(
                Servers.ANY_PORT,
                shopDatabase.url(),
                partners,
                Map.of("shop.remind-after", "1s", "shop.give-up-after", "20s"));
        customer = new Customer(shop.getURI());
    }

    @AfterAll
    void close() {
        shop.close();
        partners.close();
        shopDatabase.close();
        partnersDatabase.close();
    }

    @Test
    void whatIsPaidIsChargedOnceAndShipped() throws Exception {
        assertThat(customer.order("paid", "teapot", 2).statusCode()).isEqualTo(202);
        assertThat(customer.order("paid", "teapot", 2).statusCode())
                .as("the same order again")
                .isEqualTo(202);
        customer.awaitStage("paid", "RESERVED"::equals);
        assertThat(customer.pay("paid").statusCode()).isEqualTo(202);
        customer.pay("paid");

        customer.awaitStage("paid", "SHIPPED"::equals);

        awaitRows("SELECT article || ' ' || quantity FROM parcel WHERE order_id = 'paid'", "teapot 2");
        awaitRows("SELECT cents FROM charge WHERE reference = 'pay-paid'", "5800");
        assertThat(customer.pay("paid").statusCode())
                .as("the same payment, reported again")
                .isEqualTo(202);
    }

    @Test
    void whatCannotBeAnOrderIsRefusedWithAReason() {
        assertThat(customer.order("{\"article\":\"teapot\",\"quantity\":1}").statusCode())
                .isEqualTo(400);
        assertThat(customer.order("none", "teapot", 0).body()).contains("quantity = 0 is refused");
        assertThat(customer.order("none", "unicorn", 1).body()).contains("no article 'unicorn'");
    }

    @Test
    void whatIsShippedIsNotCancelled() throws Exception {
        customer.order("late", "cup", 1);
        customer.pay("late");
        customer.awaitStage("late", "SHIPPED"::equals);

        customer.cancel("late");

        var process = shop.getApplicationContext().getBean(Romancy.class).handle("late");
        Await.until("its workflow has ended", () -> process.info().status().isFinal());
        assertThat(customer.stage("late")).isEqualTo("SHIPPED");
        assertThat(customer.cancel("late").statusCode()).isEqualTo(409);
        assertThat(books.rows(partnersDatabase, "SELECT reference FROM refund WHERE reference = 'pay-late'"))
                .isEmpty();
    }

    @Test
    void whoeverDoesNotPayIsRemindedAndLosesTheGoods() throws Exception {
        customer.order("unpaid", "saucer", 7);

        awaitRows("SELECT email FROM letter WHERE order_id = 'unpaid'", "unpaid@example.org");
        customer.awaitStage("unpaid", "CANCELLED"::equals);

        awaitStock("saucer", "500");
    }

    @Test
    void theMoneyIsGivenBackForWhatIsDamaged() throws Exception {
        customer.order("broken", "vase", 1);
        customer.pay("broken");

        customer.awaitStage("broken", "CANCELLED"::equals);

        awaitRows("SELECT reference FROM refund NATURAL JOIN charge WHERE reference = 'pay-broken'", "pay-broken");
        awaitStock("vase", "20");
    }

    @Test
    void thereAreOnlyThreeSamovars() throws Exception {
        customer.order("many", "samovar", 4);

        customer.awaitStage("many", "SOLD_OUT"::equals);

        awaitStock("samovar", "3");
    }

    @Test
    void aCustomerMayThinkAgain() throws Exception {
        customer.order("regretted", "teapot", 1);
        assertThat(customer.cancel("regretted").statusCode()).isEqualTo(202);

        customer.awaitStage("regretted", "CANCELLED"::equals);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(customer.order("odd", "unicorn", 1).statusCode()).isEqualTo(400);
        assertThat(customer.order("none", "cup", 0).statusCode()).isEqualTo(400);
        assertThat(customer.pay("nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void anEventThatComesTwiceIsOneParcel() throws Exception {
        var http = HttpClient.newHttpClient();
        var event = HttpRequest.newBuilder(URI.create(partners.getURL() + "/events"))
                .header("Content-Type", "application/json")
                .header("ce-id", "evt_1")
                .header("ce-type", "order.shipped")
                .POST(BodyPublishers.ofString("""
                        {"id":"again","article":"cup","quantity":1,"email":"a@example.org","address":"x","more":true}"""))
                .build();

        assertThat(http.send(event, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
        assertThat(http.send(event, BodyHandlers.ofString()).statusCode()).isEqualTo(202);

        awaitRows("SELECT order_id FROM parcel WHERE order_id = 'again'", "again");
    }

    private void awaitStock(String article, String pieces) throws Exception {
        Await.until(
                "stock of " + article,
                () -> books.rows(shopDatabase, "SELECT in_stock FROM article WHERE name = '" + article + "'")
                        .contains(pieces));
    }

    /** Exactly this row, and no second. */
    private void awaitRows(String sql, String row) throws Exception {
        Await.until(sql, () -> !books.rows(partnersDatabase, sql).isEmpty());
        assertThat(books.rows(partnersDatabase, sql)).containsExactly(row);
    }
}
