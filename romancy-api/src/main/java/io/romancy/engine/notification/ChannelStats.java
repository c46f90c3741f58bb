package io.romancy.engine.notification;

/**
 * What was heard on one channel since the start, all its handlers together.
 *
 * @param channel the name without prefix
 * @param received notifications
 * @param undecodable payloads that a handler's channel could not read
 * @param missed times that a handler was told that it may have missed something, whatever the cause
 * @param failures calls of handlers that threw
 * @param slow calls of handlers that took more than a second
 * @param overflows times that the queue of a handler was full and collapsed
 * @param waiting payloads that wait for a handler at this moment
 */
public record ChannelStats(
        String channel,
        long received,
        long undecodable,
        long missed,
        long failures,
        long slow,
        long overflows,
        int waiting) {}
