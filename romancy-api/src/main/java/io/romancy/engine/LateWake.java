package io.romancy.engine;

import io.romancy.engine.poll.Schedules;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wakes pollers that are not there yet while the engine is put together; until then a wake is lost, as any may be. */
final class LateWake implements Schedules {
    private volatile @Nullable Schedules target;

    void is(Schedules schedules) {
        target = schedules;
    }

    @Override
    public void poller(String name) {
        Schedules wake = target;
        if (wake != null) {
            wake.poller(name);
        }
    }

    @Override
    public void pollerIn(String name, Duration delay) {
        Schedules wake = target;
        if (wake != null) {
            wake.pollerIn(name, delay);
        }
    }

    @Override
    public void looked(Set<String> pollers, long began) {
        Schedules schedules = target;
        if (schedules != null) {
            schedules.looked(pollers, began);
        }
    }
}
