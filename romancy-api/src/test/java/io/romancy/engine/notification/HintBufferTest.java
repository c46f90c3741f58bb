package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.notification.HintBuffer.Added;
import io.romancy.spi.notification.Notification;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HintBufferTest {
    private final HintBuffer buffer = new HintBuffer();

    @Test
    void keepsDifferentPayloadsInOrderAndEqualOnesOnce() {
        assertThat(add("a", "1")).isEqualTo(Added.FIRST);
        assertThat(add("a", "2")).isEqualTo(Added.MORE);
        assertThat(add("b", "1")).isEqualTo(Added.MORE);
        assertThat(add("a", "1")).isEqualTo(Added.MORE);
        var batch = buffer.take();
        assertThat(batch.notifications())
                .containsExactly(new Notification("a", "1"), new Notification("a", "2"), new Notification("b", "1"));
        assertThat(batch.hints()).isEqualTo(4);
        assertThat(buffer.take().notifications()).isEmpty();
        assertThat(add("a", "1")).isEqualTo(Added.FIRST);
    }

    @Test
    void collapsesAChannelBeyondSixtyFourPayloadsAndNoOther() {
        IntStream.rangeClosed(1, 64).forEach(i -> add("busy", "p" + i));
        assertThat(buffer.covers("busy")).isFalse();
        add("calm", "x");
        add("busy", "p65");
        assertThat(buffer.covers("busy")).isTrue();
        assertThat(buffer.covers("calm")).isFalse();
        add("busy", "p66");
        var batch = buffer.take();
        assertThat(batch.notifications()).containsExactly(Notification.sweep("busy"), new Notification("calm", "x"));
        assertThat(batch.hints()).as("one of them was only asked about").isEqualTo(68);
    }

    @Test
    void collapsesAChannelWithTooMuchText() {
        IntStream.rangeClosed(1, 10).forEach(i -> add("large", "x".repeat(6_900) + i));
        assertThat(buffer.take().notifications()).containsExactly(Notification.sweep("large"));
    }

    @Test
    void aSweepStandsForWhatCameBefore() {
        add("a", "1");
        add("a", Notification.SWEEP);
        add("a", "2");
        assertThat(buffer.take().notifications()).containsExactly(Notification.sweep("a"));
    }

    @Test
    void owesASweepToEachChannelOfWhatCouldNotBeSent() {
        add("a", "1");
        add("a", "2");
        add("b", "3");
        var unsent = buffer.take();
        add("b", "4");
        add("c", "5");
        buffer.owe(unsent);
        assertThat(buffer.covers("a")).isTrue();
        assertThat(buffer.take().notifications())
                .containsExactlyInAnyOrder(
                        Notification.sweep("a"), Notification.sweep("b"), new Notification("c", "5"));
    }

    @Test
    void refusesMoreChannelsThanAnySaneProgramHasAlsoWhenSendsFailForEver() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < HintBuffer.MAX_CHANNELS + 100; i++) {
                add("made_up_" + round + "_" + i, "x");
            }
            assertThat(buffer.channels()).isEqualTo(HintBuffer.MAX_CHANNELS);
            assertThat(add("one_more", "x")).isEqualTo(Added.REFUSED);
            var unsent = buffer.take();
            add("while_sending", "x");
            buffer.owe(unsent);
            assertThat(buffer.channels()).isEqualTo(HintBuffer.MAX_CHANNELS);
        }
    }

    private Added add(String channel, String payload) {
        return buffer.add(new Notification(channel, payload));
    }
}
