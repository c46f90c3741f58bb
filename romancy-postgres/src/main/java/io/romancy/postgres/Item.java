package io.romancy.postgres;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One commit of a batch on its way to its answer. */
final class Item<C> {
    private final C commit;
    private final Consumer<CommitResult> receiver;
    private @Nullable CommitResult answer;

    Item(C commit, Consumer<CommitResult> receiver) {
        this.commit = commit;
        this.receiver = receiver;
    }

    C commit() {
        return commit;
    }

    /** The last answer counts: a repetition is recognised after the first. */
    void answer(CommitResult result) {
        answer = result;
        receiver.accept(result);
    }

    /** Refuses it; but what the storage could not be asked says nothing of the item, and is thrown again. */
    void refuse(RomancyException e) {
        if (e instanceof StorageException) {
            throw e;
        }
        answer(new CommitResult.Refused(e));
    }

    boolean isAnswered() {
        return answer != null;
    }

    @Nullable
    CommitResult answer() {
        return answer;
    }
}
