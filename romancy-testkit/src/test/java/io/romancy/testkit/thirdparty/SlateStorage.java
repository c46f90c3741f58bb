package io.romancy.testkit.thirdparty;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A storage on a slate that several share in one process. It can nothing that it need not. */
final class SlateStorage implements Storage {
    private final Slate slate;
    private final AtomicBoolean closed = new AtomicBoolean();

    SlateStorage(Slate slate) {
        this.slate = slate;
        slate.opened();
    }

    Content read() {
        requireOpen();
        return slate.read();
    }

    <T> T write(Function<Content, T> work) {
        requireOpen();
        return slate.write(work);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StorageException(ErrorCode.STORAGE_CLOSED, "This storage was closed. Open another.", null, false);
        }
    }

    SlateTransaction joined(Transaction transaction) {
        if (transaction instanceof SlateTransaction ours) {
            return ours;
        }
        throw new RomancyException(
                ErrorCode.WRONG_PLACE,
                "This storage did not open " + transaction + ". Use the transaction that inTransaction hands over.");
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        requireOpen();
        SlateTransaction transaction;
        T result;
        boolean commits;
        slate.begin();
        try {
            transaction = new SlateTransaction(slate.read().copy());
            try {
                result = work.run(transaction);
            } finally {
                commits = transaction.end();
            }
            if (commits) {
                slate.publish(transaction.content());
            }
        } finally {
            slate.end();
        }
        if (commits) {
            transaction.committed();
        }
        return result;
    }

    @Override
    public String description() {
        return "A slate in memory";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return Set.of();
    }

    @Override
    public RunStore runs() {
        return new SlateRuns(this);
    }

    @Override
    public MessageStore messages() {
        return new SlateMessages(this);
    }

    @Override
    public NodeStore nodes() {
        return new SlateNodes(this);
    }

    @Override
    public InstanceStore instances() {
        return new SlateInstances(this);
    }

    @Override
    public OutboxStore outbox() {
        return new SlateOutbox(this);
    }

    @Override
    public Upkeep upkeep() {
        return new SlateUpkeep(this);
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            slate.closed();
        }
    }
}
