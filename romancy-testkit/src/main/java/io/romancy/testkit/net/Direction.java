package io.romancy.testkit.net;

/** Which way bytes go through a {@link TcpProxy}. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
