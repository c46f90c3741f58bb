package io.romancy.postgres;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL database: its pools, and the stores on them. */
final class PostgresStorage implements Storage {
    private final String description;
    private final Pools pools;
    private final Database application;
    private final Database queries;
    private final Database engine;
    private final Database lease;
    private final RunStore runs;
    private final ShortWay shortWay;
    private final MessageStore messages;
    private final NodeStore nodes;
    private final InstanceStore instances;
    private final OutboxStore outbox;
    private final Upkeep upkeep;
    private final @Nullable NotificationSource notifications;

    PostgresStorage(String description, Schema schema, Pools pools, @Nullable NotificationSource notifications) {
        this.description = description;
        this.pools = pools;
        this.notifications = notifications;
        application = new Database(pools.application(), schema);
        queries = new Database(pools.application(), schema, PostgresUrl.LONGEST_ANSWER);
        engine = new Database(pools.engine(), schema);
        lease = new Database(pools.lease(), schema);
        var modes = new TopicModes(engine);
        var publishes = new Publishes(engine, modes);
        var claims = new Claims(engine);
        var listing = new Listing(engine);
        runs = new PostgresRunStore(engine, claims, new Commits(engine, modes, publishes, listing));
        shortWay = new ShortWay(engine, publishes, claims);
        messages = new PostgresMessageStore(engine, modes);
        nodes = new PostgresNodeStore(lease, engine, listing);
        instances = new PostgresInstanceStore(queries, engine);
        outbox = new PostgresOutboxStore(engine);
        upkeep = new PostgresUpkeep(engine, listing);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<StorageCapability> capabilities() {
        var all = EnumSet.of(
                StorageCapability.SEVERAL_PROCESSES, StorageCapability.CONCURRENT_WRITERS, StorageCapability.DURABLE);
        if (notifications != null) {
            all.add(StorageCapability.NOTIFICATIONS);
        }
        return all;
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public NodeStore nodes() {
        return nodes;
    }

    @Override
    public InstanceStore instances() {
        return instances;
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        return shortWay.deliver(messages, claim);
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.ofNullable(notifications);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        PostgresTransaction transaction;
        T result;
        try (Connection connection = application.borrow()) {
            connection.setAutoCommit(false);
            transaction = new PostgresTransaction(connection);
            try {
                result = work.run(transaction);
            } finally {
                transaction.end();
            }
            if (transaction.isRollbackOnly()) {
                connection.rollback();
                return result;
            }
            commit(connection);
        }
        // After the connection went back: an action may need one.
        transaction.runAfterCommit();
        return result;
    }

    @Override
    public boolean owns(Transaction transaction) {
        return SameDatabase.seen(engine, transaction.unwrap(Connection.class));
    }

    @Override
    public void close() {
        for (Database database : List.of(application, queries, engine, lease)) {
            database.close();
        }
        if (notifications != null) {
            notifications.close();
        }
        pools.close();
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.of("Committing a transaction", e);
        }
    }
}
