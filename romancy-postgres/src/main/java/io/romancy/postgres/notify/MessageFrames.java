package io.romancy.postgres.notify;

/**
 * Where in the server's stream of messages a reader is: a message is a byte for its type and four for its length, which counts itself, then
 * the rest. Told wrongly where one begins, or given what is encrypted, it says nonsense, which must harm nobody.
 */
final class MessageFrames {
    private static final int HEADER = 5;

    private int headerRead;
    private int length;
    private int left;

    /** The next byte is the first of a message. */
    void begin() {
        headerRead = 0;
        length = 0;
        left = 0;
    }

    /** These bytes were read. */
    void passed(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (left > 0) {
                int rest = Math.min(left, end - at);
                left -= rest;
                at += rest;
            } else {
                header(bytes[at]);
                at++;
            }
        }
    }

    private void header(byte next) {
        if (headerRead > 0) {
            length = (length << 8) | (next & 0xff);
        }
        headerRead++;
        if (headerRead == HEADER) {
            left = Math.max(0, length - HEADER + 1);
            headerRead = 0;
            length = 0;
        }
    }

    /** How many bytes may be read without going past the end of the message; 1 and more. */
    int toEnd() {
        return left > 0 ? left : HEADER - headerRead;
    }
}
