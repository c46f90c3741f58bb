package io.romancy.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Faults faults = Faults.create();
    private final Storage storage =
            open(faults.url("romancy:memory:faults-" + COUNTER.incrementAndGet() + "?notify=true"));

    private static Storage open(String url) {
        return new FaultyStorageProvider().open(StorageSettings.of(url), new StorageContext("test", "romancy_"));
    }

    @AfterEach
    void close() {
        faults.close();
        storage.close();
    }

    private CommitResult start(String id) {
        var instance = new NewInstance(id, new Route("w", 1), new Payload("text", new byte[0]), "hash", null);
        return storage.runs().commit(List.of(new Commit.Start(instance))).getFirst();
    }

    @Test
    void nothingGoesWrongUntilItIsToldTo() {
        assertThat(start("a")).isInstanceOf(CommitResult.Accepted.class);
        assertThat(storage.instances().find("a")).isPresent();
        assertThat(faults.count()).isZero();
        assertThat(faults.log().written()).hasSize(1);
    }

    @Test
    void aCallThatFailsDoesNotReachTheStorage() {
        faults.failNext(1, StorageCall.COMMIT);

        assertThatThrownBy(() -> start("a"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());

        assertThat(storage.instances().find("a")).isEmpty();
        assertThat(start("a")).isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void aLostAnswerIsOfSomethingThatWasDone() {
        faults.loseAnswers(1, StorageCall.COMMIT);

        assertThatThrownBy(() -> start("a")).isInstanceOf(StorageException.class);

        assertThat(storage.instances().find("a")).isPresent();
        assertThat(start("a")).isInstanceOf(CommitResult.Existing.class);
    }

    @Test
    void whatIsFrozenStandsStillUntilItHeals() throws Exception {
        faults.freeze();
        var starting = CompletableFuture.supplyAsync(() -> start("a"));
        faults.awaitHeld(StorageCall.COMMIT, DEADLINE);
        assertThat(starting).isNotDone();

        faults.heal();

        assertThat(starting.get(60, TimeUnit.SECONDS)).isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void aBatchThatIsRepeatedIsWrittenTwice() {
        faults.commits().repeatEvery(1);

        assertThat(start("a")).as("the second answer").isInstanceOf(CommitResult.Existing.class);

        assertThat(faults.commits().repeated()).isEqualTo(1);
    }

    @Test
    void awaitingFaultsThatDoNotComeSaysWhatCame() {
        start("a");

        assertThatThrownBy(() -> faults.awaitCount(1, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at least 1 faults")
                .hasMessageContaining("COMMIT=1");
    }

    @Test
    void notificationsAreDroppedDoubledAndHeldBack() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var source = storage.notificationSource().orElseThrow();
        source.start(Set.of("c"), new Ear(heard));
        var notifications = faults.notifications();

        notifications.drop();
        source.send(List.of(new Notification("c", "dropped")));
        notifications.awaitArrivals(1, DEADLINE);
        notifications.pass();
        notifications.duplicate();
        source.send(List.of(new Notification("c", "doubled")));
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("doubled");
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("doubled");
        notifications.hold();
        source.send(List.of(new Notification("c", "first"), new Notification("c", "second")));
        notifications.awaitArrivals(4, DEADLINE);
        assertThat(heard).isEmpty();
        assertThat(notifications.deliverReversed()).isEqualTo(2);

        assertThat(heard).containsExactly("second", "first");
        assertThat(notifications.dropped()).isEqualTo(1);
    }

    @Test
    void aUrlWithoutFaultsIsRefused() {
        assertThatThrownBy(() -> open("romancy:faulty:")).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> open("romancy:faulty:unknown:romancy:memory:x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open(faults.url("nonsense:x"))).isInstanceOf(RomancyException.class);
    }

    private record Ear(LinkedBlockingQueue<String> heard) implements NotificationSink {
        @Override
        public void received(Notification notification) {
            heard.add(notification.payload());
        }

        @Override
        public void gap(String reason) {}

        @Override
        public void stateChanged(SourceState state, @Nullable String detail) {}
    }
}
