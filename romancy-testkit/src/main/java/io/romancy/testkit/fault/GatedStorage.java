package io.romancy.testkit.fault;

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
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another storage, every call to which goes one way, and with another source of notifications, or none. */
public final class GatedStorage implements Storage {
    private final Storage inner;
    private final Calls calls;
    private final @Nullable NotificationSource source;

    public GatedStorage(Storage inner, Calls calls, @Nullable NotificationSource source) {
        this.inner = inner;
        this.calls = calls;
        this.source = source;
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public RunStore runs() {
        return new GatedRuns(inner.runs(), calls);
    }

    @Override
    public MessageStore messages() {
        return new FaultyMessages(inner.messages(), calls);
    }

    /** One call: what it stands for happens all or not at all. */
    @Override
    public Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        return calls.ask(StorageCall.COMMIT, () -> inner.deliver(messages, claim));
    }

    @Override
    public OutboxStore outbox() {
        return new FaultyOutbox(inner.outbox(), calls);
    }

    @Override
    public NodeStore nodes() {
        return new FaultyNodes(inner.nodes(), calls);
    }

    @Override
    public InstanceStore instances() {
        return new FaultyInstances(inner.instances(), calls);
    }

    @Override
    public Upkeep upkeep() {
        return new FaultyUpkeep(inner.upkeep(), calls);
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.ofNullable(source);
    }

    /** The beginning and the end are calls; what the work asks in between goes its own way. */
    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        calls.tell(StorageCall.TRANSACTION, () -> {});
        T result = inner.inTransaction(work);
        calls.tell(StorageCall.TRANSACTION, () -> {});
        return result;
    }

    @Override
    public void close() {
        inner.close();
    }
}
