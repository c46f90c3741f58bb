package io.romancy.postgres.soak;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.InstanceStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A row of the application, a start, a message and an event, in one transaction: all of them or none. */
final class Orders implements SoakCase {
    private static final int KEYS = 8;
    private static final String ROLLED_BACK = "-rolledback";
    private static final Mailbox<String> PAID = Mailbox.of("paid", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("orders", String.class, String.class);

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, (ctx, id) -> run(ctx, id, ledger));
    }

    private static String run(WorkflowContext ctx, String id, SoakLedger ledger) {
        int rows = ctx.step("look", Integer.class, () -> ledger.orders(id));
        String paid = ctx.receive(PAID);
        ctx.step("ship", String.class, () -> ledger.did(id, "ship"));
        return rows + " " + paid;
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        Romancy romancy = caller.romancy();
        caller.inTransaction(transaction -> {
            order(romancy, transaction, id + ROLLED_BACK);
            transaction.rollbackOnly();
            return id;
        });
        caller.inTransaction(transaction -> order(romancy, transaction, id));
        caller.expect(romancy.handle(id, TYPE), "1 paid");
    }

    private static String order(Romancy romancy, Transaction transaction, String id) throws SQLException {
        var connection = transaction.unwrap(Connection.class);
        String key = "key" + Math.floorMod(id.hashCode(), KEYS);
        lock(connection, key);
        if (!insert(connection, id)) {
            return "it was committed by a try whose answer was lost";
        }
        romancy.start(TYPE, id, StartOptions.id(id));
        romancy.send(id, PAID, "paid");
        String event = romancy.outbox().add(OutboxEvent.of("order", id).key(key));
        try (PreparedStatement update = connection.prepareStatement("UPDATE soak_order SET event = ? WHERE id = ?")) {
            update.setString(1, event);
            update.setString(2, id);
            update.executeUpdate();
        }
        return event;
    }

    /** As who changes what the key stands for: of two that add at once nobody could say which one was first. */
    private static void lock(Connection connection, String key) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))")) {
            lock.setString(1, key);
            lock.execute();
        }
    }

    private static boolean insert(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO soak_order(id) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, id);
            return insert.executeUpdate() == 1;
        }
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.COMPLETED);
        books.history(id, List.of("look:1", "receive:paid_1", "ship:1"));
        books.did(id, List.of("ship"));
        books.count(1, id, "SELECT count(*) FROM soak_order WHERE id = ?");
        books.count(1, id, "SELECT count(*) FROM outbox JOIN soak_order ON event = event_id WHERE soak_order.id = ?");
        books.count(0, id + ROLLED_BACK, "SELECT count(*) FROM soak_order WHERE id = ?");
        books.count(0, id + ROLLED_BACK, "SELECT count(*) FROM run WHERE id = ?");
    }
}
