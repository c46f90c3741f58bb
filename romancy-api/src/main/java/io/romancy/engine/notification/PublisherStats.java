package io.romancy.engine.notification;

/**
 * What became of the hints of this process since the start.
 *
 * @param hints hints given
 * @param sent notifications sent
 * @param collapsed hints that another notification stood for
 * @param dropped hints that were not kept, because of too many channels or an error of the JVM
 * @param failures sends that failed
 * @param failuresInARow failures since the last send that worked; above zero, the channels owe a sweep
 * @param waitingChannels channels that have something to send at this moment
 */
public record PublisherStats(
        long hints, long sent, long collapsed, long dropped, long failures, int failuresInARow, int waitingChannels) {
    static final PublisherStats NONE = new PublisherStats(0, 0, 0, 0, 0, 0, 0);
}
