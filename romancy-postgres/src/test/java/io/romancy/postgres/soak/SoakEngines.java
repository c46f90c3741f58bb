package io.romancy.postgres.soak;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;

/** How engines of the soak are opened: what takes seconds in production takes a fraction of one, in the same proportions. */
final class SoakEngines {
    private SoakEngines() {}

    static Romancy worker(String url, String name, SoakLedger ledger) {
        RomancyBuilder options = options(url, name).publisher(new Publisher(ledger));
        for (SoakCase kind : SoakCases.ALL) {
            options = kind.on(options, ledger);
        }
        return options.open();
    }

    static Romancy client(String url) {
        return options(url, "soak-client").worker(false).open();
    }

    private static RomancyBuilder options(String url, String name) {
        return Romancy.builder()
                .database(url)
                .workerName(name)
                .listenNotify(ListenNotify.TRUE)
                .notifyFallbackInterval(ofSeconds(4))
                .notifyReconnectDelay(ofSeconds(2))
                .storageProperty("listenEchoInterval", "PT0.5S")
                .storageProperty("listenEchoTimeout", "PT1S")
                .storageProperty("listenHeartbeat", "PT0.4S")
                .storageProperty("listenStall", "PT2S")
                .workflowResumptionInterval(ofMillis(250))
                .timerCheckInterval(ofMillis(250))
                .channelTimeoutInterval(ofMillis(500))
                .outboxInterval(ofMillis(250))
                .outboxRetryDelay(ofMillis(100))
                .outboxMaxRetryDelay(ofSeconds(1))
                .leaseDuration(ofSeconds(4))
                .leaseRenewal(ofSeconds(1))
                .defaultRetry(
                        RetryPolicy.defaults().attempts(0).delay(ofMillis(20)).maxDelay(ofMillis(500)))
                // Small, so that waiting workflows are also unwound and replayed.
                .maxParkedWorkflows(20)
                .poolSize(5)
                .shutdownTimeout(ofSeconds(5))
                .retention(null)
                .outboxRetention(null);
    }

    /** Takes every event to the ledger. */
    private record Publisher(SoakLedger ledger) implements OutboxPublisher {
        @Override
        public boolean accepts(String type) {
            return true;
        }

        @Override
        public void publish(OutboxRecord event) throws Exception {
            ledger.published(event.id(), String.valueOf(event.key()));
        }
    }
}
