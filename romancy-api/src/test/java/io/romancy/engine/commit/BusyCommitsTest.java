package io.romancy.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.commit.CommitLane.Pending;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Claim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BusyCommitsTest {
    private static final CommitResult BUSY =
            new CommitResult.Refused(new StorageException(ErrorCode.STORAGE_BUSY, "locked", null, true));

    private final ManualEnvironment environment = new ManualEnvironment(7);
    private final BusyCommits busy = new BusyCommits(environment);

    @Test
    void keepsOnlyWhatIsRefusedForNow() {
        var run = ofRun();

        assertThat(busy.keeps(run, new CommitResult.Fenced())).isFalse();
        assertThat(busy.keeps(run, new CommitResult.Refused(new RomancyException(ErrorCode.INVALID_ARGUMENT, "no"))))
                .isFalse();
        assertThat(busy.untilDue(environment.nanoTime())).isEqualTo(Long.MAX_VALUE);
        assertThat(busy.keeps(run, BUSY)).isTrue();
        assertThat(taken(10)).as("not yet").isEmpty();

        environment.passNanos(busy.untilDue(environment.nanoTime()));

        assertThat(taken(10)).containsExactly(run);
    }

    @Test
    void waitsLongerFromTimeToTimeAndBeginsAnewWithTheNextLock() {
        var run = ofRun();
        long first = kept(run);
        long last = first;
        for (int i = 0; i < 8; i++) {
            last = kept(run);
        }
        assertThat(first)
                .isBetween(
                        Duration.ofMillis(50).toNanos(), Duration.ofMillis(100).toNanos());
        assertThat(last)
                .isBetween(
                        Duration.ofSeconds(1).toNanos(), Duration.ofSeconds(2).toNanos());

        environment.pass(Duration.ofMinutes(1));

        assertThat(kept(run)).isLessThanOrEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void whoWaitsOutsideHearsOfItAfterAWhileAndARunNever() {
        var run = ofRun();
        var incoming = new Pending(new Commit.Cancel("a", "why"), answer -> {}, environment.nanoTime());

        assertThat(busy.keeps(incoming, BUSY)).isTrue();
        environment.pass(Duration.ofSeconds(6));

        assertThat(busy.keeps(incoming, BUSY)).isFalse();
        assertThat(busy.keeps(run, BUSY)).isTrue();
    }

    @Test
    void takesSoManyAndAtTheEndAll() {
        var runs = List.of(ofRun(), ofRun(), ofRun());
        runs.forEach(run -> busy.keeps(run, BUSY));
        environment.pass(Duration.ofSeconds(1));

        assertThat(taken(2)).containsExactlyElementsOf(runs.subList(0, 2));
        assertThat(busy.takeAll()).containsExactly(runs.getLast());
        assertThat(busy.takeAll()).isEmpty();
    }

    private long kept(Pending run) {
        busy.keeps(run, BUSY);
        long pause = busy.untilDue(environment.nanoTime());
        environment.passNanos(pause);
        assertThat(taken(10)).hasSize(1);
        return pause;
    }

    private List<Pending> taken(int atMost) {
        return busy.take(environment.nanoTime(), atMost);
    }

    private Pending ofRun() {
        return new Pending(
                new Commit.OfRun(new Claim(1, "a", 1, 0), List.of(), null), answer -> {}, environment.nanoTime());
    }
}
