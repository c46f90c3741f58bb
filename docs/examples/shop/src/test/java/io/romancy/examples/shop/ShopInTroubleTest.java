package io.romancy.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.romancy.api.outbox.Outbox;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shops on one database: connections are cut and refused again and again, and one of the two is killed. */
class ShopInTroubleTest {
    private static final int ORDERS = 60;
    private static final Set<String> ENDS = Set.of("SOLD_OUT", "SHIPPED", "CANCELLED");

    private final PostgresDatabase shopDatabase = PostgresServer.shared().createDatabase();
    private final PostgresDatabase partnersDatabase = PostgresServer.shared().createDatabase();
    private final Books books = new Books(shopDatabase, partnersDatabase);

    @TempDir
    private Path dir;

    @Test
    void theBooksAddUpThoughConnectionsAreCutAndAShopIsKilled() throws Exception {
        try (var network = PostgresProxy.inFrontOf(shopDatabase);
                var partners = Servers.partners(Servers.ANY_PORT, partnersDatabase.url());
                var shop = Servers.shop(Servers.ANY_PORT, network.url(shopDatabase), partners, options());
                var doomed = ShopProcess.start(dir.resolve("doomed.log"), ofProcess(network, partners))) {
            Await.until("both shops work", () -> doomed.isAlive() && workers() == 2);
            var customer = new Customer(shop.getURI());

            for (int i = 0; i < ORDERS; i++) {
                if (i % 12 == 5) {
                    network.network().cut();
                }
                if (i % 20 == 13) {
                    downUntilSomebodyNotices(network, customer, "order-" + (i - 1));
                }
                if (i == ORDERS / 2) {
                    doomed.kill();
                }
                place(customer, i);
            }

            Map<String, Integer> ends = new TreeMap<>();
            for (int i = 0; i < ORDERS; i++) {
                ends.merge(customer.awaitStage("order-" + i, ENDS::contains), 1, Integer::sum);
            }
            var outbox = shop.getApplicationContext().getBean(Outbox.class);
            Await.until("all events are out", () -> outbox.counts().pending() == 0);

            books.addUp(ORDERS);
            assertThat(ends).as("each end was come to").containsOnlyKeys(ENDS);
            assertThat(ends.get("SHIPPED")).as("%s", ends).isGreaterThanOrEqualTo(10);
            assertThat(customer.troubles()).as("there was trouble").isPositive();
            assertThat(outbox.counts().rejected() + outbox.counts().expired()).isZero();
        }
    }

    /** One of each kind in turn: paid, paid and reported twice, unpaid, damaged, scarce, regretted. */
    private static void place(Customer customer, int i) {
        String id = "order-" + i;
        int kind = i % 6;
        String article = kind == 3 ? "vase" : kind == 4 ? "samovar" : i % 2 == 0 ? "teapot" : "cup";
        assertThat(customer.order(id, article, 1).statusCode()).isEqualTo(202);
        switch (kind) {
            case 2 -> {} // the customer has no money
            case 5 -> customer.cancel(id);
            case 1 -> {
                customer.pay(id);
                customer.pay(id);
            }
            default -> customer.pay(id);
        }
    }

    /** The database is not to be reached, as during a failover, until a customer has felt it. */
    private static void downUntilSomebodyNotices(PostgresProxy network, Customer customer, String id) throws Exception {
        int before = customer.troubles();
        network.network().refuse();
        network.network().cut();
        Thread asking = Thread.ofVirtual().start(() -> customer.stage(id));
        Await.until("somebody notices", () -> customer.troubles() > before);
        network.network().heal();
        asking.join();
    }

    private int workers() throws Exception {
        List<String> tables = books.rows(
                shopDatabase, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'romancy'");
        return tables.contains("node")
                ? books.rows(shopDatabase, "SELECT id FROM romancy.node").size()
                : 0;
    }

    private static Map<String, Object> options() {
        return Map.of(
                "shop.remind-after", "1s",
                "shop.give-up-after", "20s",
                "romancy.lease-duration", "4s",
                "romancy.lease-renewal", "1s",
                "romancy.default-retry.max-delay", "1s",
                "romancy.outbox.max-retry-delay", "1s");
    }

    private Map<String, Object> ofProcess(PostgresProxy network, EmbeddedServer partners) {
        Map<String, Object> all = new HashMap<>(options());
        all.put("micronaut.server.port", Servers.ANY_PORT);
        all.put("datasources.default.url", network.url(shopDatabase));
        all.put("partners.url", partners.getURL());
        return all;
    }
}
