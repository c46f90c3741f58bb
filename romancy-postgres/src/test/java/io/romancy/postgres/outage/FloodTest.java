package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.Wake;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More notifications than anybody can use, for a handler that does not keep up: memory stays small, and the listener lives. */
class FloodTest extends Scenario {
    private static final NotificationChannel<String> CHANNEL = NotificationChannel.text("flood");
    private static final int PER_SECOND = 10_000;
    private static final int A_TICK = 100;
    private static final long KEPT_AT_MOST = 1_024;
    private static final long HEAP_AT_MOST = 64L << 20;

    /** What the recorder of this test keeps of each. */
    private static final long RECORDED = 32;

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final WorkflowType<String, String> type = texts();
    private final Stubborn handler = new Stubborn();

    /** Stays with the first hint until it is let go. */
    private static final class Stubborn implements NotificationHandler<String> {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger missed = new AtomicInteger();

        @Override
        public NotificationChannel<String> channel() {
            return CHANNEL;
        }

        @Override
        public void handle(String payload, Wake wake) throws InterruptedException {
            entered.countDown();
            released.await();
        }

        @Override
        public void missed(Wake wake) {
            missed.incrementAndGet();
        }
    }

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), QuickListening.PROPERTIES, ListenNotify.TRUE, true);
    }

    @AfterEach
    void drop() {
        handler.released.countDown();
        closeWorkers();
        leaveDatabase();
        database.close();
    }

    @Test
    void tenThousandASecondAreBornForThreeSeconds() throws Exception {
        floodFor(Duration.ofSeconds(3));
    }

    @Test
    @Tag("full")
    void tenThousandASecondAreBornForTwoMinutes() throws Exception {
        floodFor(Duration.ofMinutes(2));
    }

    @Test
    void twoHundredThousandKeysInOneBurstCollapse() throws Exception {
        burstOf(200_000);
    }

    @Test
    @Tag("full")
    void aMillionKeysInOneBurstCollapse() throws Exception {
        burstOf(1_000_000);
    }

    private void floodFor(Duration time) throws Exception {
        var worker = listening();
        long heap = usedHeap();
        int sent = 0;
        try (Connection connection = database.connect();
                PreparedStatement notify = notify(connection)) {
            long begin = System.nanoTime();
            for (long over = 0; over < time.toNanos(); over = System.nanoTime() - begin) {
                long due = over * PER_SECOND / TimeUnit.SECONDS.toNanos(1);
                while (sent < due) {
                    send(notify, sent, A_TICK);
                    sent += A_TICK;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        staysSmall(worker, sent, heap);
    }

    private void burstOf(int keys) throws Exception {
        var worker = listening();
        long heap = usedHeap();
        try (Connection connection = database.connect();
                PreparedStatement notify = notify(connection)) {
            send(notify, 0, keys);
        }
        staysSmall(worker, keys, heap);
    }

    private ScenarioWorker listening() throws InterruptedException {
        var worker = worker(options -> options.handler(handler)
                .notifyFallbackInterval(NEVER)
                .workflowResumptionInterval(NEVER)
                .workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        worker.romancy().wake(CHANNEL, "the first");
        assertThat(handler.entered.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return worker;
    }

    private void staysSmall(ScenarioWorker worker, int sent, long heapBefore) {
        var handle = client().romancy().start(type, "x");
        handle.send(GO, "alive");
        assertThat(result(handle)).as("a workflow behind the flood").isEqualTo("alive");

        EngineMetrics.Channel heard = heard(worker);
        assertThat(heard.waiting()).isLessThanOrEqualTo((int) KEPT_AT_MOST);
        assertThat(heard.overflows())
                .as("times that the queue became one 'missed'")
                .isPositive();
        assertThat(heard.received()).isLessThanOrEqualTo(sent + 1L);
        assertThat(usedHeap() - heapBefore).as("bytes kept").isLessThan(HEAP_AT_MOST + RECORDED * sent);
        await(
                "echoes that waited behind the flood are back",
                () -> worker.romancy().status().notifications() == SourceState.LIVE);
        assertThat(worker.events().all(EngineEvent.SourceChanged.class))
                .extracting(EngineEvent.SourceChanged::state)
                .doesNotContain(SourceState.DOWN);

        handler.released.countDown();
        await("the handler is told that it missed something", () -> handler.missed.get() > 0);
    }

    private static EngineMetrics.Channel heard(ScenarioWorker worker) {
        return worker.romancy().metrics().channels().stream()
                .filter(counts -> counts.name().equals(CHANNEL.name()))
                .findFirst()
                .orElseThrow();
    }

    private static PreparedStatement notify(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "SELECT count(pg_notify('romancy_flood', 'key-' || i)) FROM generate_series(?, ?) i");
    }

    private static void send(PreparedStatement notify, int from, int count) throws SQLException {
        notify.setInt(1, from);
        notify.setInt(2, from + count - 1);
        notify.executeQuery().close();
    }

    /** After a collection that this asked for: what is really kept. */
    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
