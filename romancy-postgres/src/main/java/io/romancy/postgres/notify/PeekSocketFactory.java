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
 * <p>Public for the driver, which creates it by name.
 */
public final class PeekSocketFactory extends SocketFactory {
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

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            super.setSoTimeout(timeout);
            isPeek = timeout == PEEK_MILLIS;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    refuseToWait();
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    refuseToWait();
                    return super.read(into, offset, length);
                }

                private void refuseToWait() throws IOException {
                    if (isPeek && in.available() == 0) {
                        throw new SocketTimeoutException("nothing to read");
                    }
                }
            };
        }
    }
}
