package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.postgres.LogLines;
import io.romancy.spi.notification.SourceState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of the listener: word for word, and not often. */
class ListenLogTest {
    private final LogLines lines = new LogLines(PostgresNotificationSource.class);
    private final ListenLog log = new ListenLog();

    @AfterEach
    void release() {
        lines.close();
    }

    @Test
    void saysWhenItIsConnectedAndWhyItIsNot() {
        log.changed(SourceState.PROBING, null);
        log.changed(SourceState.LIVE, null);
        log.lost(ListenLog.reason(new SQLException("server\n gone", "57P01")), Duration.ofSeconds(3));

        assertThat(lines.all())
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

        assertThat(lines.all())
                .containsExactly(
                        "INFO PostgreSQL LISTEN/NOTIFY connection established",
                        "WARN LISTEN/NOTIFY connection lost, reconnecting error=\"refused\" reconnect_delay=20ms",
                        "INFO PostgreSQL LISTEN/NOTIFY connection established");
    }

    @Test
    void saysOnceThatADatabaseHasNoListenAndAgainWhenItCameBackAfterOneThatHas() {
        for (int i = 0; i < 100; i++) {
            log.hasNoListen("\"0A000 no\"", Duration.ofSeconds(60));
            log.changed(SourceState.DOWN, "\"0A000 no\"");
            log.changed(SourceState.CONNECTING, null);
        }
        String once = "WARN This database has no LISTEN/NOTIFY: polling does the work. It is asked again now and then,"
                + " because another server may take over; listenNotify=false ends that"
                + " error=\"0A000 no\" reconnect_delay=60s";
        assertThat(lines.all()).containsExactly(once);

        log.changed(SourceState.LIVE, null);
        log.hasNoListen("\"0A000 no\"", Duration.ofSeconds(60));

        assertThat(lines.all()).containsExactly(once, "INFO PostgreSQL LISTEN/NOTIFY connection established", once);
    }

    @Test
    void saysOnceThatNotificationsDoNotArriveAndWhatToDo() {
        log.changed(SourceState.PROBING, null);
        for (int i = 0; i < 3; i++) {
            log.changed(SourceState.DEGRADED, "no echo came back within 4s: " + ListenLog.POOLER);
        }

        assertThat(lines.all())
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("polling at full pace", "notifyUrl");
    }

    @Test
    void saysOnlyOnceAMinuteThatNotificationsComeAndGo() {
        var now = new AtomicLong();
        var timed = new ListenLog(now::get);
        timed.changed(SourceState.LIVE, null);
        for (int second = 0; second < 60; second++) {
            timed.changed(SourceState.DEGRADED, "late");
            timed.changed(SourceState.LIVE, null);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        String gone = "WARN LISTEN/NOTIFY is connected, but notifications do not arrive; polling at full pace: late";
        String back = "INFO PostgreSQL LISTEN/NOTIFY notifications arrive again";
        assertThat(lines.all()).containsExactly("INFO PostgreSQL LISTEN/NOTIFY connection established", gone, back);

        timed.changed(SourceState.DEGRADED, "late");

        assertThat(lines.all()).hasSize(4).endsWith(gone);
    }

    @Test
    void saysAfterTheMinuteWhatWasTooMuchInIt() {
        var now = new AtomicLong();
        var timed = new ListenLog(now::get);
        timed.changed(SourceState.DEGRADED, "first");
        timed.changed(SourceState.LIVE, null);
        timed.changed(SourceState.DEGRADED, "second");
        now.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        timed.changed(SourceState.DEGRADED, "second");
        assertThat(lines.containing("second")).isEmpty();

        now.incrementAndGet();
        timed.changed(SourceState.DEGRADED, "second");
        timed.changed(SourceState.DEGRADED, "second");

        assertThat(lines.containing("second")).hasSize(1);
    }

    @Test
    void namesAnErrorThatCannotBeRead() {
        var unreadable = new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError("as while a message is built");
            }
        };

        assertThat(ListenLog.reason(unreadable)).isEqualTo("\"an error that cannot be read\"");
    }
}
