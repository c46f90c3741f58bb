package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.notification.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an echo proves, and what is said of one that is missing, second by second. */
class EchoTest {
    private static final ListenTiming TIMING = ListenTiming.withMaxDelay(Duration.ofSeconds(60));

    private final List<String> sent = new ArrayList<>();
    private Runnable whileSending = () -> {};
    private long now;
    private final Echo echo = new Echo(this::send, "echo", TIMING, () -> now);

    @BeforeEach
    void begin() {
        echo.begin();
        echo.sendIfDue(true);
    }

    @Test
    void oneThatComesInTimeProvesThatNotificationsArrive() {
        pass(Duration.ofSeconds(4));

        assertThat(echo.overdue()).isNull();
        assertThat(echo.heard("1")).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(echo.overdue()).isNull();
        assertThat(echo.latency()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void oneThatIsMissingIsBlamedOnAPooler() {
        pass(Duration.ofSeconds(5));

        assertThat(echo.overdue()).contains("within 4s", "pooler");
    }

    @Test
    void oneThatComesLateIsCountedButProvesNothing() {
        pass(Duration.ofSeconds(5));

        assertThat(echo.heard("1")).isFalse();
        assertThat(echo.heardCount()).isEqualTo(1);
        assertThat(echo.latency()).isEqualTo(Duration.ofSeconds(5));
        assertThat(echo.overdue()).contains("not within 4s").doesNotContain("pooler");
        assertThat(echo.heard("1")).as("twice").isFalse();
        assertThat(echo.heardCount()).isEqualTo(1);
    }

    @Test
    void echoesThatAreAlwaysLateNeverMakeItProven() {
        for (int number = 1; number < 100; number++) {
            pass(Duration.ofSeconds(6));
            assertThat(echo.heard(Integer.toString(number))).isFalse();
            assertThat(echo.overdue()).isNotNull();
            pass(Duration.ofSeconds(3));
            echo.sendIfDue(false);
            assertThat(sent).hasSize(number + 1);
        }

        pass(Duration.ofSeconds(1));

        assertThat(echo.heard("100")).as("the first in time").isTrue();
        assertThat(echo.overdue()).isNull();
    }

    @Test
    void anEarlierOneIsJudgedByItsOwnTimeAndNotByThatOfTheLast() {
        pass(Duration.ofSeconds(3));
        echo.sendIfDue(true);
        pass(Duration.ofSeconds(2));

        assertThat(echo.heard("1")).as("five seconds old").isFalse();
        assertThat(echo.heard("2")).as("two seconds old").isTrue();
    }

    @Test
    void oneWhoseSendHasNotReturnedIsNotBlamedOnAPooler() {
        assertThat(echo.heard("1")).isTrue();
        var seen = new ArrayList<String>();
        whileSending = () -> {
            pass(Duration.ofSeconds(5));
            seen.add(echo.overdue());
        };
        pass(Duration.ofSeconds(9));

        echo.sendIfDue(false);

        assertThat(seen)
                .singleElement()
                .asString()
                .contains("send of the echo has not returned")
                .doesNotContain("pooler");
    }

    @Test
    void oneThatCannotBeSentSaysWhy() {
        assertThat(echo.heard("1")).isTrue();
        whileSending = () -> {
            throw new OutOfMemoryError("as in the driver");
        };
        pass(Duration.ofSeconds(9));
        echo.sendIfDue(false);
        pass(Duration.ofSeconds(5));

        assertThat(echo.overdue()).contains("no echo can be sent", "as in the driver");
    }

    @Test
    void whatWasSentToAnEarlierSessionProvesNothing() {
        echo.begin();

        assertThat(echo.heard("1")).isFalse();
        assertThat(echo.heardCount()).isZero();
    }

    private void send(List<Notification> notifications) {
        notifications.forEach(notification -> sent.add(notification.payload()));
        whileSending.run();
    }

    private void pass(Duration span) {
        now += span.toNanos();
    }
}
