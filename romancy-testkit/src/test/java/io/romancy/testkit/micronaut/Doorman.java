package io.romancy.testkit.micronaut;

import io.micronaut.context.annotation.Requires;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A handler with a channel of its own. */
@Singleton
@Requires(property = "test.doorman")
class Doorman implements NotificationHandler<String> {
    static final NotificationChannel<String> RANG = NotificationChannel.text("door_rang");

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public NotificationChannel<String> channel() {
        return RANG;
    }

    @Override
    public void handle(String who, Wake wake) {
        heard.add(who);
    }
}
