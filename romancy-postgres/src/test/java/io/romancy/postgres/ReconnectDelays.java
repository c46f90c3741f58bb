package io.romancy.postgres;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.romancy.postgres.notify.PostgresNotificationSource;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** How long listeners say that they wait after each loss, in the whole JVM, while this is open. */
public final class ReconnectDelays implements AutoCloseable {
    private static final Pattern DELAY = Pattern.compile("connection lost, .*reconnect_delay=(\\d+)(m?)s");

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresNotificationSource.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            super.append(event);
            synchronized (ReconnectDelays.this) {
                ReconnectDelays.this.notifyAll();
            }
        }
    };

    /** Most losses are told at DEBUG, so until the close this is what the logger says. */
    public ReconnectDelays() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
    }

    /** All, in the order of the losses, as soon as there are so many: a loss is told to others before it is logged. */
    public synchronized List<Duration> atLeast(int losses) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        for (long left = DEADLINE.toMillis(); all().size() < losses; left = (end - System.nanoTime()) / 1_000_000) {
            if (left <= 0) {
                throw new AssertionError("no " + losses + " losses were told within " + DEADLINE + ": " + all());
            }
            wait(left);
        }
        return all();
    }

    /** In the order of the losses. */
    public List<Duration> all() {
        return Stream.of(appender.list.toArray(ILoggingEvent[]::new))
                .map(event -> DELAY.matcher(event.getFormattedMessage()))
                .filter(Matcher::find)
                .map(found -> found.group(2).isEmpty()
                        ? Duration.ofSeconds(Long.parseLong(found.group(1)))
                        : Duration.ofMillis(Long.parseLong(found.group(1))))
                .toList();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.detachAppender(appender);
    }
}
