package io.romancy.spi;

import io.romancy.spi.commit.CommitResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of messages that were published, dispatched and claimed for in one go.
 *
 * @param answers one for each message, in the same order
 * @param dispatched what was dispatched with them; unfinished if one of them may still be waiting for it
 * @param claimed what was claimed after that; null if no claim was asked for, or none was made
 */
public record Delivery(
        List<CommitResult> answers,
        DispatchResult dispatched,
        @Nullable ClaimBatch claimed) {
    public Delivery {
        answers = List.copyOf(answers);
    }
}
