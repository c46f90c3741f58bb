package io.romancy.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.postgres.PostgresDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What shop, bank and carrier wrote down, held against each other. */
record Books(PostgresDatabase shop, PostgresDatabase partners) {
    private static final String KEPT = " FROM charge WHERE reference NOT IN (SELECT reference FROM refund)";

    /** Holds when nothing is under way any more. */
    void addUp(int orders) throws SQLException {
        assertThat(rows(shop, "SELECT id FROM customer_order")).as("orders").hasSize(orders);
        assertThat(rows(shop, "SELECT id FROM customer_order WHERE stage IN ('PLACED', 'RESERVED')"))
                .as("orders that came to no end")
                .isEmpty();
        Set<String> shipped = new TreeSet<>(rows(shop, "SELECT id FROM customer_order WHERE stage = 'SHIPPED'"));

        assertThat(rows(shop, """
                        SELECT a.name || ' ' || (a.in_stock + coalesce(sum(o.quantity) FILTER (WHERE o.stage = 'SHIPPED'), 0))
                        FROM article a LEFT JOIN customer_order o ON o.article = a.name GROUP BY a.name, a.in_stock"""))
                .as("what is in stock and what was shipped are what there was")
                .containsExactlyInAnyOrder("teapot 100", "cup 500", "saucer 500", "vase 20", "samovar 3");
        assertThat(rows(partners, "SELECT reference FROM charge GROUP BY reference HAVING count(*) > 1"))
                .as("payments that were charged twice")
                .isEmpty();
        assertThat(rows(partners, "SELECT substr(reference, 5)" + KEPT))
                .as("who paid is who got something")
                .containsExactlyInAnyOrderElementsOf(shipped);
        assertThat(cents(partners, "SELECT substr(reference, 5), cents" + KEPT))
                .as("and what it costs")
                .isEqualTo(cents(shop, "SELECT id, cents FROM customer_order WHERE stage = 'SHIPPED'"));
        assertThat(rows(partners, "SELECT order_id FROM parcel"))
                .as("one parcel for each order that was shipped")
                .containsExactlyInAnyOrderElementsOf(shipped);
        assertThat(rows(partners, "SELECT order_id FROM letter")).as("letters").doesNotHaveDuplicates();
    }

    List<String> rows(PostgresDatabase database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private static Map<String, Long> cents(PostgresDatabase database, String sql) throws SQLException {
        Map<String, Long> cents = new HashMap<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                cents.put(row.getString(1), row.getLong(2));
            }
        }
        return cents;
    }
}
