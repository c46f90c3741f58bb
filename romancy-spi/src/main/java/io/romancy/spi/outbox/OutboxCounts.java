package io.romancy.spi.outbox;

/**
 * How many events there are in the outbox; each number is at most {@value #MOST}, which then means that many or more.
 *
 * @param pending added and not yet published
 * @param rejected set aside because nobody will ever take them
 * @param expired set aside because they became too old
 */
public record OutboxCounts(int pending, int rejected, int expired) {
    /** The largest number that is counted. */
    public static final int MOST = 10_000;
}
