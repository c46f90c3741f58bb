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

    private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresNotificationSource.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    /** Most losses are told at DEBUG, so until the close this is what the logger says. */
    public ReconnectDelays() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
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
