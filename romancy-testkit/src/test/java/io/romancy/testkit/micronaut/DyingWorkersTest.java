package io.romancy.testkit.micronaut;

import static io.romancy.testkit.Moment.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.api.outbox.Outbox;
import io.romancy.spi.model.NodeId;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A worker of an application dies, another one with the same beans goes on, and the next test has a worker that lives. */
@MicronautTest(transactional = false)
@RomancyTest
@Timeout(120)
@TestMethodOrder(MethodOrderer.MethodName.class)
class DyingWorkersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    TestRomancy test;

    @Inject
    Romancy romancy;

    @Inject
    Outbox outbox;

    @Test
    void aWorkerDiesAndAnotherGoesOn() {
        var fetch = test.stub("Courier.fetch");
        var crash = test.workers().killBefore(COMMIT).of("Courier.fetch");
        var errand = romancy.start(Errand.class, "shoes");
        int dead = crash.await(DEADLINE);

        test.workers().add();
        test.workers().endLease(dead);

        assertThat(romancy.handle(errand.id(), Errand.class).result(DEADLINE)).isEqualTo("fetched shoes");
        assertThat(fetch.calls()).isEqualTo(2);
        assertThat(outbox.counts().pending()).isZero();
    }

    @Test
    void bTheNextTestHasOneThatLives() {
        assertThat(test.workers().count()).isEqualTo(1);
        assertThat(romancy.start(Errand.class, "hat").result(DEADLINE)).isEqualTo("fetched hat");
        assertThat(outbox.counts().pending()).isZero();
    }

    @Test
    void cWithoutAnotherOneNothingIsWaitedFor() {
        var crash = test.workers().killBefore(COMMIT).of("Courier.fetch");
        romancy.start(Errand.class, "coat");
        crash.await(DEADLINE);

        assertThatThrownBy(() -> test.time().settle())
                .hasMessageContaining("no worker is left")
                .hasMessageContaining("workers().add() opens another.")
                .hasMessageContaining("Worker 0 died before the COMMIT of 'Courier.fetch'.")
                .hasMessageContaining("(errand/1)");
        assertThatThrownBy(() -> test.status())
                .hasMessage("No worker runs. Worker 0 died before the COMMIT of 'Courier.fetch'."
                        + " workers().add() opens another.");
    }

    /** What the test before left undone is done by whoever takes the place of its worker. */
    @Test
    void dTheWorkOfTheTestBeforeIsDone() {
        test.time().settle();

        assertThat(romancy.handle("fetch-coat").info().id()).isEqualTo("fetch-coat");
    }

    @Test
    @SuppressWarnings("NullAway") // a step without a result returns null, and its stub too
    void eAStepMeansTheWorkerThatRunsIt() throws Exception {
        var arrived = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        BlockingQueue<NodeId> meant = new LinkedBlockingQueue<>();
        test.stub("Courier.fetch")
                .runs(attempt -> {
                    arrived.countDown();
                    go.await();
                    meant.add(romancy.status().node());
                    return null;
                })
                .times(1);
        romancy.start(Errand.class, "bag");
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

        test.workers().kill(0);
        test.workers().add();
        go.countDown();

        assertThat(meant.poll(60, TimeUnit.SECONDS))
                .as("the dead one, through which nothing passes")
                .isEqualTo(test.workers().get(0).status().node());
        assertThat(romancy.status().node())
                .isEqualTo(test.workers().get(1).status().node());
    }
}
