package io.romancy.sqlite;

import io.romancy.spi.DispatchResult.Woken;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands, as far as it decides what may be done to it.
 *
 * @param cancel the reason of its cancellation; null if none was asked for
 * @param waits the channels for which it waits, in stored form; left over from before unless it is WAITING
 */
record RunState(
        long no,
        String id,
        String route,
        InstanceStatus status,
        long fence,
        long wake,
        @Nullable String cancel,
        List<String> waits) {
    boolean isHeldAt(long claimedFence) {
        return status == InstanceStatus.RUNNING && fence == claimedFence;
    }

    boolean isWaitingFor(ChannelName channel) {
        return status == InstanceStatus.WAITING && waits.contains(channel.text());
    }

    Claim claim() {
        return new Claim(no, id, fence, wake);
    }

    Woken woken() {
        return new Woken(id, Route.parse(route));
    }
}
