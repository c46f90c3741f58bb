package io.romancy.testkit.fault;

import io.romancy.spi.ClaimBatch;
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

/** Another storage behind faults. Closing it reaches the other one whatever the faults are. */
final class FaultyStorage implements Storage {
    private final Storage inner;
    private final Faults faults;
    private final Calls calls;
    private final @Nullable NotificationSource source;

    FaultyStorage(Storage inner, Faults faults) {
        this.inner = inner;
        this.faults = faults;
        this.calls = new RuledCalls(faults.rules());
        this.source = inner.notificationSource()
                .map(real -> new FaultySource(real, calls, faults))
                .orElse(null);
    }

    @Override
    public String description() {
        return inner.description() + " behind faults";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public RunStore runs() {
        return new FaultyRuns(inner.runs(), calls, faults);
    }

    @Override
    public MessageStore messages() {
        return new FaultyMessages(inner.messages(), calls);
    }

    /** Past the rules of the three calls that it stands for; sent again, it goes the long way. */
    @Override
    public Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        List<Commit> batch = List.copyOf(messages);
        faults.commits().sending(batch);
        faults.rules().before(StorageCall.COMMIT);
        faults.rules().before(StorageCall.DISPATCH);
        if (claim != null) {
            faults.rules().before(StorageCall.CLAIM);
        }
        Delivery delivery = inner.deliver(messages, claim);
        if (faults.commits().isToBeRepeated()) {
            inner.runs().commit(batch);
        }
        faults.log().wrote(batch, delivery.answers());
        faults.commits().sent(batch);
        ClaimBatch claimed = delivery.claimed();
        if (claimed != null) {
            faults.log().claimed(claimed.runs());
            if (!claimed.runs().isEmpty()) {
                faults.rules().after(StorageCall.FRUITFUL_CLAIM);
            }
            faults.rules().after(StorageCall.CLAIM);
        }
        faults.rules().after(StorageCall.DISPATCH);
        faults.rules().after(StorageCall.COMMIT);
        return delivery;
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
    public OutboxStore outbox() {
        return new FaultyOutbox(inner.outbox(), calls);
    }

    @Override
    public Upkeep upkeep() {
        return new FaultyUpkeep(inner.upkeep(), calls);
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.ofNullable(source);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        faults.rules().before(StorageCall.TRANSACTION);
        T result = inner.inTransaction(work);
        faults.rules().after(StorageCall.TRANSACTION);
        return result;
    }

    @Override
    public void close() {
        inner.close();
    }
}
