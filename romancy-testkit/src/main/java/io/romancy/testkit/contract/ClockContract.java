package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.sleepUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time: the database's clock decides what is due, and a test can let it run ahead. */
public abstract class ClockContract extends StorageContract {

    private static final Duration MONTH = Duration.ofDays(30);

    @Test
    void aRunThatSleepsIsDueWhenItsTimeHasCome() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(MONTH));
        assertThat(worker.claimIds(10, run.route())).isEmpty();

        storage().upkeep().advanceClock(MONTH.minus(Duration.ofHours(1)));
        assertThat(worker.claimIds(10, run.route())).isEmpty();
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.WAITING);
        storage().upkeep().advanceClock(Duration.ofHours(1));

        assertThat(worker.claimIds(10, run.route())).containsExactly(run.claim().id());
    }

    @Test
    void aRunThatSleepsUntilATimeIsDueThen() {
        Worker worker = worker();
        var run = running(worker);
        Instant then = worker.claim(1, run.route()).now().plus(MONTH);
        worker.leave(run.claim(), sleepUntil(then));
        assertThat(info(run.claim().id()).dueAt()).isEqualTo(then);
        assertThat(worker.claimIds(10, run.route())).isEmpty();

        storage().upkeep().advanceClock(MONTH);

        var batch = worker.claim(10, run.route());
        assertThat(batch.runs()).hasSize(1);
        assertThat(batch.now()).isAfterOrEqualTo(then);
    }

    @Test
    void aClaimSaysHowLongItsRunsHaveBeenDue() {
        Worker worker = worker();
        var sleeper = running(worker);
        worker.leave(sleeper.claim(), sleep(MONTH));
        storage().upkeep().advanceClock(MONTH.plus(Duration.ofDays(3)));

        var late = worker.claim(10, sleeper.route()).runs();

        assertThat(late)
                .singleElement()
                .extracting(ClaimedRun::waited)
                .satisfies(waited -> assertThat(waited).isBetween(Duration.ofDays(3), Duration.ofDays(4)));
    }

    @Test
    void aTimeThatIsPastIsDueAtOnce() {
        Worker worker = worker();
        var longAgo = running(worker);
        var now = running(worker);
        worker.leave(longAgo.claim(), sleepUntil(Instant.EPOCH));
        worker.leave(now.claim(), sleep(Duration.ZERO));

        assertThat(worker.claimIds(10, longAgo.route(), now.route()))
                .containsExactlyInAnyOrder(longAgo.claim().id(), now.claim().id());
    }

    @Test
    void aTimerThatFiredDoesNotFireAgain() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(MONTH, mailbox()));
        storage().upkeep().advanceClock(MONTH);
        var woken = worker.claimOne(run.route());
        worker.leave(woken.claim(), Samples.waitFor(mailbox()), append(0, "slept"));

        storage().upkeep().advanceClock(MONTH);

        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aMessageThatCameBeforeTheTimeoutComesWithTheClaim() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        worker.leave(run.claim(), sleep(MONTH, mailbox));
        publish(direct(mailbox, run.claim().id(), "in time"));
        dispatch();
        storage().upkeep().advanceClock(MONTH);

        var claimed = worker.claimOne(run.route());

        assertThat(Samples.texts(claimed.mailbox())).containsExactly("in time");
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aMessageThatComesAfterTheTimeoutIsKept() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        worker.leave(run.claim(), sleep(Duration.ZERO, mailbox));
        var timedOut = worker.claimOne(run.route());
        assertThat(timedOut.mailbox()).isEmpty();
        publish(direct(mailbox, run.claim().id(), "late"));
        dispatch();

        assertThat(worker.texts(timedOut.claim(), mailbox)).containsExactly("late");
    }

    @Test
    void manyRunsThatAreDueAtTheSameTimeAreClaimedOnceEach() {
        Worker worker = worker();
        Route route = route();
        List<Commit> starts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            starts.add(new Commit.Start(instance(id(), route)));
        }
        storage().runs().commit(starts);
        Instant then = worker.claim(1, route()).now().plus(MONTH);
        for (int left = 500; left > 0; ) {
            List<ClaimedRun> runs = worker.claim(100, route).runs();
            assertThat(runs).isNotEmpty();
            storage()
                    .runs()
                    .commit(runs.stream()
                            .<Commit>map(run -> new Commit.OfRun(run.claim(), List.of(), sleepUntil(then)))
                            .toList());
            left -= runs.size();
        }
        storage().upkeep().advanceClock(MONTH);

        List<String> claimed = new ArrayList<>();
        List<String> last;
        do {
            last = worker.claimIds(100, route);
            claimed.addAll(last);
        } while (!last.isEmpty());

        assertThat(claimed).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void everyTimestampIsOfTheClockThatRanAhead() {
        Worker worker = worker();
        Instant before = worker.claim(1, route()).now();
        storage().upkeep().advanceClock(MONTH);
        Instant after = before.plus(MONTH);
        Route route = route();

        var started = (CommitResult.Accepted) commit(new Commit.Start(instance(id(), route)));
        var batch = worker.claim(1, route);
        var claim = batch.runs().getFirst().claim();
        publish(direct(mailbox(), claim.id(), "message"));
        dispatch();
        var look = worker.look(claim);
        var taken = worker.leave(claim.seen(look.wake()), complete("done"), append(0, "step"));

        assertThat(List.of(
                        started.at(),
                        batch.now(),
                        batch.runs().getFirst().startedAt(),
                        look.now(),
                        look.mailbox().getFirst().publishedAt(),
                        taken.at()))
                .allSatisfy(time -> assertThat(time).isAfterOrEqualTo(after));
        assertThat(info(claim.id()).endedAt()).isNotNull().isAfterOrEqualTo(after);
        assertThat(worker.history(claim).getFirst().at()).isAfterOrEqualTo(after);
    }

    @Test
    void leasesStayOnTheUnmovedClock() {
        Worker worker = worker();
        var run = running(worker);

        storage().upkeep().advanceClock(Duration.ofDays(365));

        reapAll();
        assertThat(storage()
                        .nodes()
                        .renew(worker.node(), Duration.ofMinutes(30))
                        .held())
                .isTrue();
        worker.leave(run.claim(), complete("still mine"));
    }

    @Test
    void theClockRunsAheadForEveryWorkerAndForGood() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(MONTH));
        storage().upkeep().advanceClock(MONTH);

        try (var elsewhere = under().another()) {
            Worker other = Worker.join(elsewhere);
            assertThat(other.claimIds(10, run.route()))
                    .containsExactly(run.claim().id());
            other.leave();
        }
    }

    @Test
    void theTimeToTheNextTimerShrinksAsTheClockRuns() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(Duration.ofDays(2)));
        storage().upkeep().advanceClock(Duration.ofDays(1));

        assertThat(worker.claim(1, run.route()).nextDueIn())
                .isNotNull()
                .isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }
}
