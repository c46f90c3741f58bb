package io.romancy.testkit.fault;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What goes wrong with notifications on their way to all engines that share these rules. The first rule that takes one counts. */
public final class NotificationRules {
    private final List<NotificationRule> rules = new CopyOnWriteArrayList<>();

    /** Loses them; on these channels, or on all if none is named. */
    public NotificationRule drop(NotificationChannel<?>... channels) {
        return add(new NotificationRule(NotificationRule.Effect.DROP, Duration.ZERO, channels));
    }

    /** Delivers them twice. */
    public NotificationRule duplicate(NotificationChannel<?>... channels) {
        return add(new NotificationRule(NotificationRule.Effect.DUPLICATE, Duration.ZERO, channels));
    }

    /** Delivers them so much later. */
    public NotificationRule delay(Duration by, NotificationChannel<?>... channels) {
        return add(new NotificationRule(NotificationRule.Effect.DELAY, by, channels));
    }

    /** Lets each change places with the one that comes after it; the last of all stays away until the rules end. */
    public NotificationRule reorder(NotificationChannel<?>... channels) {
        return add(new NotificationRule(NotificationRule.Effect.EXCHANGE, Duration.ZERO, channels));
    }

    /** Delivers something else instead: half of the payload and what no payload begins with. */
    public NotificationRule corrupt(NotificationChannel<?>... channels) {
        return add(new NotificationRule(NotificationRule.Effect.CORRUPT, Duration.ZERO, channels));
    }

    /** Ends all rules. */
    public void heal() {
        rules.clear();
    }

    private NotificationRule add(NotificationRule rule) {
        rules.add(rule);
        return rule;
    }

    @Nullable
    NotificationRule ruleFor(Notification notification) {
        for (NotificationRule rule : rules) {
            if (rule.takes(notification)) {
                return rule;
            }
        }
        return null;
    }

    /** What arrives of a payload that was damaged on its way. */
    static Notification damaged(Notification notification) {
        String payload = notification.payload();
        return new Notification(notification.channel(), "\u0001" + payload.substring(payload.length() / 2));
    }
}
