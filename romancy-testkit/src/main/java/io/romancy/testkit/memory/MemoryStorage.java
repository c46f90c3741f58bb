package io.romancy.testkit.memory;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One opened storage on a {@link MemoryDatabase}. */
final class MemoryStorage implements Storage {
    private final Session session;
    private final @Nullable MemoryNotificationSource notifications;
    private final RunStore runs;
    private final MessageStore messages;
    private final NodeStore nodes;
    private final InstanceStore instances;
    private final OutboxStore outbox;
    private final Upkeep upkeep;

    MemoryStorage(MemoryDatabase database, boolean notifies) {
        this.session = new Session(database);
        this.notifications = notifies ? new MemoryNotificationSource(database.bells()) : null;
        this.runs = new MemoryRuns(session);
        this.messages = new MemoryMessages(session);
        this.nodes = new MemoryNodes(session);
        this.instances = new MemoryInstances(session);
        this.outbox = new MemoryOutbox(session);
        this.upkeep = new MemoryUpkeep(session);
    }

    @Override
    public String description() {
        return "In-memory database '" + session.database().name() + "'";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        Set<StorageCapability> capabilities = EnumSet.of(StorageCapability.CONCURRENT_WRITERS);
        if (notifications != null) {
            capabilities.add(StorageCapability.NOTIFICATIONS);
        }
        return capabilities;
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
    public Optional<NotificationSource> notificationSource() {
        return Optional.ofNullable(notifications);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        MemoryTransaction transaction = new MemoryTransaction(session);
        T result;
        try {
            result = work.run(transaction);
        } catch (Throwable failure) {
            transaction.rollBack();
            throw failure;
        }
        transaction.end();
        return result;
    }

    @Override
    public void close() {
        if (session.close()) {
            if (notifications != null) {
                notifications.close();
            }
            session.database().close();
        }
    }
}
