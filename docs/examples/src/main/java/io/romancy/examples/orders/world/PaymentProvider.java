package io.romancy.examples.orders.world;

import io.romancy.examples.orders.Order;
import io.romancy.examples.orders.Payment;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes invoices, and knows when each customer answers. An answer is reported until the report is known to have arrived, so at least
 * once: as webhooks of real providers are. Thread-safe.
 */
final class PaymentProvider {
    /** An invoice whose customer has answered, and of which the shop does not know yet. */
    record Answered(String order, Manner manner, Payment payment) {}

    private final Ledger ledger;

    PaymentProvider(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Writes an invoice; the second time for one order, nothing. */
    void expectPayment(Order order) {
        var manner = Manner.of(order.customer());
        ledger.with(connection -> {
            try (var statement =
                    connection.prepareStatement("INSERT INTO invoice VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                statement.setString(1, order.id());
                statement.setLong(2, order.cents());
                statement.setString(3, manner.name());
                statement.setLong(4, System.currentTimeMillis() + manner.answersAfterMillis(order.customer()));
                statement.setBoolean(5, manner == Manner.SILENT);
                return statement.executeUpdate();
            }
        });
    }

    /** Answers that were not reported yet, oldest first. */
    List<Answered> answered(int atMost) {
        var sql = """
                SELECT order_id, cents, answers FROM invoice WHERE settled = 0 AND answers_at <= ?
                ORDER BY answers_at LIMIT ?
                """;
        return ledger.with(connection -> {
            List<Answered> answered = new ArrayList<>();
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, System.currentTimeMillis());
                statement.setInt(2, atMost);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        var order = row.getString(1);
                        answered.add(new Answered(
                                order, Manner.valueOf(row.getString(3)), new Payment("pay-" + order, row.getLong(2))));
                    }
                }
            }
            return answered;
        });
    }

    /** The report has arrived. */
    void settle(Answered invoice) {
        ledger.with(connection -> {
            try (var statement = connection.prepareStatement("UPDATE invoice SET settled = 1 WHERE order_id = ?")) {
                statement.setString(1, invoice.order());
                return statement.executeUpdate();
            }
        });
    }
}
