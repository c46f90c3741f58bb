package io.romancy.engine.discovery;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;

/** Providers as third parties write them; found by name, so they are public. */
public final class Providers {
    private Providers() {}

    public static class ForScheme implements StorageProvider {
        private final String id;
        private final String scheme;

        protected ForScheme(String id, String scheme) {
            this.id = id;
            this.scheme = scheme;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public boolean supports(StorageSettings settings) {
            return settings.url().startsWith(scheme);
        }

        @Override
        public Storage open(StorageSettings settings, StorageContext context) {
            throw new AssertionError("nobody opens a storage here");
        }
    }

    public static final class One extends ForScheme {
        public One() {
            super("one", "jdbc:one:");
        }
    }

    public static final class Two extends ForScheme {
        public Two() {
            super("two", "jdbc:");
        }
    }

    public static final class Throwing extends ForScheme {
        public Throwing() {
            super("throwing", "");
            throw new IllegalStateException("no driver");
        }
    }

    public static final class Undecided extends ForScheme {
        public Undecided() {
            super("undecided", "");
        }

        @Override
        public boolean supports(StorageSettings settings) {
            throw new IllegalStateException("cannot say");
        }
    }

    public static final class Nameless extends ForScheme {
        public Nameless() {
            super(" ", "");
        }
    }

    public static final class Prices implements Poller {
        @Override
        public String name() {
            return "prices";
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public PollResult poll(PollContext context) {
            return PollResult.nothing();
        }
    }

    public static final class Sleepless implements Poller {
        @Override
        public String name() {
            return "sleepless";
        }

        @Override
        public Duration interval() {
            return Duration.ZERO;
        }

        @Override
        public PollResult poll(PollContext context) {
            return PollResult.nothing();
        }
    }

    public static final class Unsure extends OnPrice {
        @Override
        public int order() {
            throw new AssertionError("it depends");
        }
    }

    public static class OnPrice implements NotificationHandler<String> {
        @Override
        public NotificationChannel<String> channel() {
            return NotificationChannel.text("price_changed");
        }

        @Override
        public void handle(String payload, Wake wake) {
            wake.poller("prices");
        }
    }

    public static final class FirstOnPrice extends OnPrice {
        @Override
        public int order() {
            return -1;
        }
    }
}
