package io.romancy.spi.notification;

/** How far a notification source can be trusted. Only {@link #LIVE} lets the engine poll at its long interval. */
public enum SourceState {
    /** Opening its connection. */
    CONNECTING,
    /** Connected and subscribed; not yet proven that notifications arrive. */
    PROBING,
    /** Notifications arrive. */
    LIVE,
    /** Connected, but notifications do not arrive, or too late. */
    DEGRADED,
    /** Not connected; reconnecting with back-off. */
    DOWN,
    /** Closed for good. */
    CLOSED
}
