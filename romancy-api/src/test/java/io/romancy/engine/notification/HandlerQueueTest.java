package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.notification.HandlerQueue.Hint;
import io.romancy.engine.notification.HandlerQueue.Missed;
import org.junit.jupiter.api.Test;

final class HandlerQueueTest {
    private final HandlerQueue queue = new HandlerQueue();

    @Test
    void handsOutPayloadsInTheirOrder() {
        queue.offer("1");
        queue.offer("2");
        assertThat(queue.take()).isEqualTo(new Hint("1"));
        assertThat(queue.take()).isEqualTo(new Hint("2"));
        assertThat(queue.take()).isNull();
    }

    @Test
    void manyMissesAreOneAndComeBeforeWhatWaits() {
        queue.offer("1");
        queue.miss();
        queue.miss();
        assertThat(queue.take()).isEqualTo(new Missed());
        assertThat(queue.take()).isEqualTo(new Hint("1"));
        assertThat(queue.take()).isNull();
    }

    @Test
    void collapsesToOneMissHoweverLongTheFloodIs() {
        int overflowing = 0;
        for (int i = 0; i < 100_000; i++) {
            overflowing += queue.offer("p" + i) ? 1 : 0;
            assertThat(queue.size()).isLessThanOrEqualTo(HandlerQueue.CAPACITY);
        }
        assertThat(overflowing).isOne();
        assertThat(queue.overflows()).isOne();
        assertThat(queue.take()).isEqualTo(new Missed());
        assertThat(queue.take()).isNull();
    }

    @Test
    void keepsPayloadsAgainOnceTheMissWasTaken() {
        for (int i = 0; i <= HandlerQueue.CAPACITY; i++) {
            queue.offer("p" + i);
        }
        queue.take();
        queue.offer("new");
        assertThat(queue.take()).isEqualTo(new Hint("new"));
        assertThat(queue.take()).isNull();
    }

    @Test
    void holdsExactlyItsCapacity() {
        for (int i = 0; i < HandlerQueue.CAPACITY; i++) {
            assertThat(queue.offer("p" + i)).isFalse();
        }
        assertThat(queue.size()).isEqualTo(1_024);
        assertThat(queue.overflows()).isZero();
        assertThat(queue.take()).isEqualTo(new Hint("p0"));
    }
}
