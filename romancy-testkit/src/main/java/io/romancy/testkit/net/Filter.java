package io.romancy.testkit.net;

import java.io.IOException;
import java.io.OutputStream;

/** Sees the bytes that go one way through one connection of a {@link TcpProxy}, and decides what is passed on. For one thread. */
@FunctionalInterface
public interface Filter {
    /** Passes everything. */
    Filter ALL = (bytes, from, count, to) -> to.write(bytes, from, count);

    /** Takes the next bytes, and writes what shall arrive. A piece ends anywhere, also inside a message. */
    void pass(byte[] bytes, int from, int count, OutputStream to) throws IOException;
}
