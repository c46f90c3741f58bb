package io.romancy.engine.replay;

import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run asks its storage while its code goes on. */
final class Question {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    private Question() {}

    /**
     * Asks. That the storage fails, in whatever way, must not reach the workflow's code, which would take it for an outcome; what it answers
     * may, such as that an id is somebody else's.
     */
    static <T> T ask(RunSession session, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            if (e instanceof Unwind || isAnswer(e)) {
                throw e;
            }
            LOG.warn(
                    "Run {} stops here, because the storage failed; it will be run again",
                    session.claim().id(),
                    e);
            throw session.unwind(Unwind.Reason.LEFT, null);
        }
    }

    private static boolean isAnswer(Throwable e) {
        return e instanceof RomancyException && !(e instanceof StorageException);
    }
}
