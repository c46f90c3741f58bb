package io.romancy.testkit.fault;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage that does everything as the one behind it, to be changed in one place.
 *
 * <p>{@link #deliver} alone is not forwarded: it goes the long way through the stores of this storage, so that a change of them holds for it
 * as well.
 */
public class ForwardingStorage implements Storage {
    private final Storage behind;

    public ForwardingStorage(Storage behind) {
        this.behind = behind;
    }

    /** The storage to which everything goes. */
    protected final Storage behind() {
        return behind;
    }

    @Override
    public String description() {
        return behind.description();
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return behind.capabilities();
    }

    @Override
    public RunStore runs() {
        return behind.runs();
    }

    @Override
    public MessageStore messages() {
        return behind.messages();
    }

    @Override
    public NodeStore nodes() {
        return behind.nodes();
    }

    @Override
    public InstanceStore instances() {
        return behind.instances();
    }

    @Override
    public OutboxStore outbox() {
        return behind.outbox();
    }

    @Override
    public Upkeep upkeep() {
        return behind.upkeep();
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return behind.notificationSource();
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return behind.inTransaction(work);
    }

    @Override
    public boolean owns(Transaction transaction) {
        return behind.owns(transaction);
    }

    @Override
    public void close() {
        behind.close();
    }
}
