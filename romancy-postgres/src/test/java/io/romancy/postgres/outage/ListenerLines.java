package io.romancy.postgres.outage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.romancy.postgres.notify.PostgresNotificationSource;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What all listeners of this JVM say at INFO and above, while this is open. */
final class ListenerLines implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresNotificationSource.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    ListenerLines() {
        appender.start();
        logger.addAppender(appender);
    }

    List<String> containing(String text) {
        return List.of(appender.list.toArray(ILoggingEvent[]::new)).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .filter(line -> line.contains(text))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
