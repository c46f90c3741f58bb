package io.romancy.postgres.notify;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Lets every line of one class fail while this is open, as where no memory is left for it. */
final class FailingLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Logger logger;
    private final Level level;
    private final Semaphore failures = new Semaphore(0);

    FailingLog(Class<?> type) {
        logger = (Logger) LoggerFactory.getLogger(type);
        level = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        start();
        logger.addAppender(this);
    }

    /** Waits until a line failed that no earlier call told of. */
    void awaitFailure() throws InterruptedException {
        if (!failures.tryAcquire(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nothing was logged within " + DEADLINE);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        failures.release();
        throw new OutOfMemoryError("as while logging: " + event.getFormattedMessage());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(level);
    }
}
