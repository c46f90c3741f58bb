package io.romancy.testkit.fault;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another storage, every call to which goes one way, and with another source of notifications, or none. */
public final class GatedStorage extends ForwardingStorage {
    private final Calls calls;
    private final @Nullable NotificationSource source;

    public GatedStorage(Storage inner, Calls calls, @Nullable NotificationSource source) {
        super(inner);
        this.calls = calls;
        this.source = source;
    }

    @Override
    public RunStore runs() {
        return new GatedRuns(behind().runs(), calls);
    }

    @Override
    public MessageStore messages() {
        return new FaultyMessages(behind().messages(), calls);
    }

    /** One call: what it stands for happens all or not at all. */
    @Override
    public Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        return calls.ask(StorageCall.COMMIT, () -> behind().deliver(messages, claim));
    }

    @Override
    public OutboxStore outbox() {
        return new FaultyOutbox(behind().outbox(), calls);
    }

    @Override
    public NodeStore nodes() {
        return new FaultyNodes(behind().nodes(), calls);
    }

    @Override
    public InstanceStore instances() {
        return new FaultyInstances(behind().instances(), calls);
    }

    @Override
    public Upkeep upkeep() {
        return new FaultyUpkeep(behind().upkeep(), calls);
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.ofNullable(source);
    }

    /** The beginning and the end are calls; what the work asks in between goes its own way. */
    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        calls.tell(StorageCall.TRANSACTION, () -> {});
        T result = super.inTransaction(work);
        calls.tell(StorageCall.TRANSACTION, () -> {});
        return result;
    }
}
