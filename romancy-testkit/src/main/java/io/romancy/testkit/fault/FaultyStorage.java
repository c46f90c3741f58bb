package io.romancy.testkit.fault;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another storage behind faults. Closing it reaches the other one whatever the faults are. */
final class FaultyStorage extends ForwardingStorage {
    private final Storage inner;
    private final Faults faults;
    private final Calls calls;

    FaultyStorage(Storage inner, Faults faults) {
        this(inner, faults, new RuledCalls(faults.rules()));
    }

    private FaultyStorage(Storage inner, Faults faults, Calls calls) {
        super(new GatedStorage(inner, calls, source(inner, faults, calls)));
        this.inner = inner;
        this.faults = faults;
        this.calls = calls;
    }

    private static @Nullable NotificationSource source(Storage inner, Faults faults, Calls calls) {
        return inner.notificationSource()
                .map(real -> new FaultySource(real, calls, faults))
                .orElse(null);
    }

    @Override
    public String description() {
        return super.description() + " behind faults";
    }

    @Override
    public RunStore runs() {
        return new FaultyRuns(inner.runs(), calls, faults);
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

    /** A database rolls back what a process that died had begun; its thread stands still after that, not with the locks. */
    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        faults.rules().before(StorageCall.TRANSACTION);
        T result;
        try {
            result = inner.inTransaction(transaction -> {
                T done = work.run(transaction);
                faults.rules().refuseDead(StorageCall.TRANSACTION);
                return done;
            });
        } catch (Exception | Error e) {
            faults.rules().standStill();
            throw e;
        }
        faults.rules().after(StorageCall.TRANSACTION);
        return result;
    }
}
