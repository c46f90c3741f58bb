package io.romancy.testkit.postgres;

import io.romancy.testkit.net.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the notifications out of what servers send. A message is a type, its length including itself in four bytes, and its body. */
final class NotificationLoss {
    private static final byte NOTIFICATION = 'A';
    private static final int HEADER = 5;

    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean lose;

    void lose(boolean all) {
        lose = all;
    }

    int count() {
        return count.get();
    }

    /** The filter of one connection. */
    Filter filter() {
        return new Messages();
    }

    /** Finds the messages in the stream: a header may come in pieces, a body is passed on, or not, as it comes. */
    private final class Messages implements Filter {
        private final byte[] header = new byte[HEADER];
        private int headerBytes;
        private int bodyLeft;
        private boolean skips;

        @Override
        public void pass(byte[] bytes, int from, int count, OutputStream to) throws IOException {
            var passed = new ByteArrayOutputStream(count + HEADER);
            int at = from;
            while (at < from + count) {
                at += bodyLeft > 0 ? body(bytes, at, from + count - at, passed) : header(bytes[at], passed);
            }
            passed.writeTo(to);
        }

        private int header(byte next, ByteArrayOutputStream passed) {
            header[headerBytes++] = next;
            if (headerBytes == HEADER) {
                headerBytes = 0;
                bodyLeft = length() - 4;
                skips = lose && header[0] == NOTIFICATION;
                if (skips) {
                    count.incrementAndGet();
                } else {
                    passed.write(header, 0, HEADER);
                }
            }
            return 1;
        }

        private int body(byte[] bytes, int at, int available, ByteArrayOutputStream passed) {
            int taken = Math.min(available, bodyLeft);
            bodyLeft -= taken;
            if (!skips) {
                passed.write(bytes, at, taken);
            }
            return taken;
        }

        private int length() {
            return ByteBuffer.wrap(header, 1, Integer.BYTES).getInt();
        }
    }
}
