package io.romancy.spi.poll;

/**
 * The circumstances of one poll.
 *
 * @param reason why it happens
 * @param notificationsTrusted whether a missed hint would be a surprise: the source is LIVE and has been for a while
 */
public record PollContext(PollReason reason, boolean notificationsTrusted) {}
