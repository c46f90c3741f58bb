package io.romancy.engine;

import io.romancy.spi.notification.Wake;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wakes pollers that are not there yet while the engine is put together; until then a wake is lost, as any may be. */
final class LateWake implements Wake {
    private volatile @Nullable Wake target;

    void is(Wake wake) {
        target = wake;
    }

    @Override
    public void poller(String name) {
        Wake wake = target;
        if (wake != null) {
            wake.poller(name);
        }
    }

    @Override
    public void pollerIn(String name, Duration delay) {
        Wake wake = target;
        if (wake != null) {
            wake.pollerIn(name, delay);
        }
    }
}
