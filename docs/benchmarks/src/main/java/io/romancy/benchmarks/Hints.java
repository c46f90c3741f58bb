package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.Wake;
import java.util.concurrent.atomic.AtomicLong;

/** An engine that gives hints on a channel of its own and listens to them too, so that none goes nowhere. */
final class Hints {
    private static final NotificationChannel<String> WRITTEN = NotificationChannel.text("written");

    private static final AtomicLong ROWS = new AtomicLong();

    private Hints() {}

    /** Opens one, and returns when notifications arrive. */
    static Romancy open(Lab lab) {
        Romancy romancy = lab.engine()
                .worker(false)
                .listenNotify(ListenNotify.TRUE)
                .handler(new Ear())
                .open();
        long end = System.nanoTime() + Lab.DEADLINE.toNanos();
        while (romancy.status().notifications() != SourceState.LIVE) {
            if (System.nanoTime() - end > 0) {
                romancy.close();
                throw new IllegalStateException("notifications do not arrive");
            }
            Thread.onSpinWait();
        }
        return romancy;
    }

    /** One of its own for each write, as ids are: equal ones would cost less. */
    static void give(Romancy romancy) {
        romancy.wake(WRITTEN, "row " + ROWS.incrementAndGet());
    }

    private static final class Ear implements NotificationHandler<String> {
        @Override
        public NotificationChannel<String> channel() {
            return WRITTEN;
        }

        @Override
        public void handle(String payload, Wake wake) {
            // hearing it is all that is to be paid for
        }
    }
}
