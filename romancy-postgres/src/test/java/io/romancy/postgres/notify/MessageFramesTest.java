package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageFramesTest {
    private final MessageFrames frames = new MessageFrames();

    @Test
    void knowsTheEndOfEachMessageHoweverTheyAreCut() {
        var random = new Random(4711);
        for (int round = 0; round < 500; round++) {
            frames.begin();
            byte[] message = message(random.nextInt(40));
            int at = 0;
            while (at < message.length) {
                int count = Math.min(message.length - at, 1 + random.nextInt(7));
                assertThat(frames.toEnd()).isBetween(1, message.length - at);
                frames.passed(message, at, count);
                at += count;
            }
            assertThat(frames.toEnd()).as("the header of the next one").isEqualTo(5);
        }
    }

    @Test
    void readsManyInOneGo() {
        var three =
                ByteBuffer.allocate(3 * 15).put(message(10)).put(message(10)).put(message(10));

        frames.passed(three.array(), 0, 32);

        assertThat(frames.toEnd()).isEqualTo(3);
        frames.passed(three.array(), 32, 3);
        assertThat(frames.toEnd()).isEqualTo(10);
    }

    @Test
    void saysSomethingHarmlessOfNonsense() {
        byte[] nonsense = new byte[1000];
        new Random(4712).nextBytes(nonsense);
        for (byte one : nonsense) {
            frames.passed(new byte[] {one}, 0, 1);
            assertThat(frames.toEnd()).isPositive();
        }
    }

    /** A body of so many bytes. */
    private static byte[] message(int body) {
        return ByteBuffer.allocate(5 + body).put((byte) 'A').putInt(4 + body).array();
    }
}
