package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.NewEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction of the application: a copy of its own, which it has kept every other writer out for. */
final class SlateTransaction implements Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(SlateTransaction.class);

    private final Thread thread = Thread.currentThread();
    private final Content content;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean rollbackOnly;
    private boolean ended;

    SlateTransaction(Content content) {
        this.content = content;
    }

    List<CommitResult> commit(List<Commit> batch) {
        requireOpen();
        if (batch.stream().filter(Commit.OfRun.class::isInstance).count() > 1) {
            throw new IllegalArgumentException("at most one commit of a run in a batch of a transaction");
        }
        var taking = new CallerCommit(content, true);
        return batch.stream()
                .map(commit -> {
                    CommitResult answer = taking.take(commit);
                    rollbackOnly |= commit instanceof Commit.OfRun && !(answer instanceof CommitResult.Taken);
                    return answer;
                })
                .toList();
    }

    void add(List<NewEvent> events) {
        requireOpen();
        events.forEach(event -> {
            long number = content.next();
            content.events.put(number, Event.added(number, event, content.now()));
        });
    }

    Content content() {
        return content;
    }

    /** Nothing more is taken; returns whether it is to be committed. */
    boolean end() {
        ended = true;
        return !rollbackOnly;
    }

    void committed() {
        for (Runnable action : afterCommit) {
            try {
                action.run();
            } catch (Throwable e) { // what is committed is committed, whatever an action throws
                LOG.warn("An action after a commit failed", e);
            }
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        requireOpen();
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "There is no " + type.getName() + " behind this transaction, only memory. Use another storage.");
    }

    @Override
    public void afterCommit(Runnable action) {
        requireOpen();
        afterCommit.add(action);
    }

    @Override
    public void rollbackOnly() {
        requireOpen();
        rollbackOnly = true;
    }

    private void requireOpen() {
        if (ended || !thread.equals(Thread.currentThread())) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The transaction " + (ended ? "has ended" : "belongs to thread " + thread.getName())
                            + ". Use it inside its work, on its thread.");
        }
    }
}
