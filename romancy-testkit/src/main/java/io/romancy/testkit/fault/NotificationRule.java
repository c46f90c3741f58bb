package io.romancy.testkit.fault;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong with notifications: what, on which channels, and how often. It holds from the moment in which it was made,
 * for every notification until it is narrowed down; a test narrows it in the same line. Thread-safe.
 */
public final class NotificationRule {
    enum Effect {
        DROP,
        DUPLICATE,
        DELAY,
        EXCHANGE,
        CORRUPT
    }

    private final Effect effect;
    private final Duration delay;
    private final List<String> channels;
    private int most = Integer.MAX_VALUE;
    private double probability = 1;
    private @Nullable Random random;
    private int seen;
    private int hits;

    NotificationRule(Effect effect, Duration delay, NotificationChannel<?>... channels) {
        this.effect = effect;
        this.delay = delay;
        this.channels = Arrays.stream(channels).map(NotificationChannel::name).toList();
    }

    /** Only for the first so many. */
    public synchronized NotificationRule first(int count) {
        most = count;
        return this;
    }

    /** Only for so many of a hundred, on average; the seed decides which, so that a test meets the same ones each time. */
    public synchronized NotificationRule percent(double share, long seed) {
        probability = share / 100;
        random = new Random(seed);
        return this;
    }

    /** How many notifications it has met. */
    public synchronized int hits() {
        return hits;
    }

    /** Whether it takes this one, which then counts. */
    synchronized boolean takes(Notification notification) {
        if (!isFor(notification.channel()) || seen >= most) {
            return false;
        }
        seen++;
        boolean hit = random == null || random.nextDouble() < probability;
        hits += hit ? 1 : 0;
        return hit;
    }

    /** Names of channels have a prefix on their way. */
    private boolean isFor(String fullName) {
        return channels.isEmpty() || channels.stream().anyMatch(fullName::endsWith);
    }

    Effect effect() {
        return effect;
    }

    Duration delay() {
        return delay;
    }

    @Override
    public String toString() {
        return effect + (channels.isEmpty() ? "" : " on " + channels) + ", " + hits() + " times so far";
    }
}
