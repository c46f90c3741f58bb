package io.romancy.postgres.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets for the listening connection that answer a peek at once. After the first notification the driver looks for more with a read that
 * may take one millisecond, its shortest timeout: nearly the whole way of a notification. These sockets end such a read as soon as there
 * is nothing to read.
 *
 * <p>They also end it when much was read: the driver hands over nothing as long as more is pending, so a flood that lasts would fill the
 * memory, and would look like a connection that makes no progress. The driver asks only at the end of what it has buffered; so after
 * that much it gets no more than the rest of a message at once.
 *
 * <p>Public for the driver, which creates it by name.
 */
public final class PeekSocketFactory extends SocketFactory {
    /** Some thousand notifications: far more than come at once, and far less than what hurts. */
    static final long BYTES_IN_TURN = 500_000;

    /** Called by the driver. */
    public PeekSocketFactory() {}

    /** The one that the driver calls: it connects by itself. The others give plain sockets. */
    @Override
    public Socket createSocket() {
        return new PeekSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(host, port, localHost, localPort);
    }

    /** A socket that knows a peek by its timeout. */
    private static final class PeekSocket extends Socket {
        private static final int PEEK_MILLIS = 1;

        private volatile boolean isPeek;
        private volatile boolean isRefused;
        // only the thread that uses the connection
        private final MessageFrames frames = new MessageFrames();
        private long readInTurn;

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            super.setSoTimeout(timeout);
            isPeek = timeout == PEEK_MILLIS;
            if (timeout > PEEK_MILLIS) {
                // the driver begins to wait for the next notification, or for the answer to a question
                readInTurn = 0;
                frames.begin();
            }
            // Decided once for a peek, before it reads: TLS would not survive a refusal in the middle of a record.
            isRefused = isPeek && isTurnOver();
        }

        private boolean isTurnOver() {
            return readInTurn >= BYTES_IN_TURN;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    refuseToWait();
                    int count = super.read(into, offset, isTurnOver() ? Math.min(length, frames.toEnd()) : length);
                    if (count > 0) {
                        readInTurn += count;
                        frames.passed(into, offset, count);
                    }
                    return count;
                }

                @Override
                public int available() throws IOException {
                    return isTurnOver() ? 0 : super.available();
                }

                private void refuseToWait() throws IOException {
                    if (isPeek && (isRefused || in.available() == 0)) {
                        throw new SocketTimeoutException("nothing to read");
                    }
                }
            };
        }
    }
}
