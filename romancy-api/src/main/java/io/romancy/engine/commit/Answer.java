package io.romancy.engine.commit;

import io.romancy.engine.seam.Waiter;
import io.romancy.spi.commit.CommitResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to one commit, and the place to wait for it. */
final class Answer implements Consumer<CommitResult> {
    private final Waiter waiter;
    private volatile @Nullable CommitResult result;

    Answer(Waiter waiter) {
        this.waiter = waiter;
    }

    @Override
    public void accept(CommitResult answer) {
        result = answer;
        waiter.wake();
    }

    /** The waiter may be woken for other reasons; only the answer ends the wait, and the lane gives one to everything it was given. */
    CommitResult await() {
        CommitResult answer = result;
        while (answer == null) {
            waiter.awaitUninterruptibly(Long.MAX_VALUE);
            answer = result;
        }
        return answer;
    }
}
