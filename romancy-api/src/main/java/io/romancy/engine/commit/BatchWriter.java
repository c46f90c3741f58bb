package io.romancy.engine.commit;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.util.List;

/** Writes a batch of commits and answers each, in the same order. */
public interface BatchWriter {
    List<CommitResult> write(List<Commit> batch);
}
