package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.romancy.spi.notification.SourceState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator reads of the listener: word for word, and not often. */
class ListenLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresNotificationSource.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final ListenLog log = new ListenLog();

    @BeforeEach
    void capture() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    @AfterEach
    void release() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    @Test
    void saysWhenItIsConnectedAndWhyItIsNot() {
        log.changed(SourceState.PROBING, null);
        log.changed(SourceState.LIVE, null);
        log.lost(ListenLog.reason(new SQLException("server\n gone", "57P01")), Duration.ofSeconds(3));

        assertThat(lines())
                .containsExactly(
                        "INFO PostgreSQL LISTEN/NOTIFY connection established",
                        "WARN LISTEN/NOTIFY connection lost, reconnecting error=\"57P01 server gone\" reconnect_delay=3s");
    }

    @Test
    void saysOnlyOnceAMinuteThatTheServerIsStillAway() {
        log.changed(SourceState.LIVE, null);
        for (int i = 0; i < 100; i++) {
            log.lost("\"refused\"", Duration.ofMillis(20));
            log.changed(SourceState.DOWN, "\"refused\"");
            log.changed(SourceState.CONNECTING, null);
        }
        log.changed(SourceState.PROBING, null);
        log.changed(SourceState.LIVE, null);

        assertThat(lines())
                .containsExactly(
                        "INFO PostgreSQL LISTEN/NOTIFY connection established",
                        "WARN LISTEN/NOTIFY connection lost, reconnecting error=\"refused\" reconnect_delay=20ms",
                        "INFO PostgreSQL LISTEN/NOTIFY connection established");
    }

    @Test
    void saysOnceThatNotificationsDoNotArriveAndWhatToDo() {
        log.changed(SourceState.PROBING, null);
        for (int i = 0; i < 3; i++) {
            log.changed(SourceState.DEGRADED, "no echo came back within 4s: " + ListenLog.POOLER);
        }

        assertThat(lines()).singleElement().asString().startsWith("WARN").contains("polling at full pace", "notifyUrl");
    }

    private List<String> lines() {
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
