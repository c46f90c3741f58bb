package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.polled;
import static io.romancy.testkit.record.EventConditions.replayed;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Waiting for time. */
public abstract class TimerScenario extends Scenario {
    private static final String TIMERS = "timer-check";

    /** Sleeps for as long as it is told, and says when it woke. */
    private static final WorkflowType<Duration, Instant> SLEEPER =
            WorkflowType.of(unique("sleeper"), Duration.class, Instant.class);

    private ScenarioWorker sleepers() {
        return worker(options -> options.workflow(SLEEPER, (ctx, time) -> {
            ctx.sleep(time);
            return ctx.now();
        }));
    }

    @Test
    void sleepsAndGoesOn() {
        var worker = sleepers();

        var handle = worker.romancy().start(SLEEPER, Duration.ofMillis(50));

        Instant woken = result(handle);
        assertThat(woken).isAfterOrEqualTo(handle.info().startedAt().plusMillis(50));
        assertThat(operations(handle.id())).containsExactly("timer:sleep_1");
    }

    @Test
    void thirtyDaysPassInAMoment() {
        var worker = sleepers();
        var handle = worker.romancy().start(SLEEPER, Duration.ofDays(30));
        worker.events().await(suspended(handle.id()));

        skip(Duration.ofDays(30));

        assertThat(result(handle)).isAfterOrEqualTo(handle.info().startedAt().plus(Duration.ofDays(30)));
    }

    @Test
    void doesNotWakeBeforeItIsTime() {
        var worker = sleepers();
        var handle = worker.romancy().start(SLEEPER, Duration.ofDays(30));
        worker.events().await(suspended(handle.id()));

        skip(Duration.ofDays(29));
        int before = worker.events().count(polled(TIMERS));
        worker.events().await(polled(TIMERS).times(before + 3));

        assertThat(handle.info().status()).isEqualTo(InstanceStatus.WAITING);
        assertThat(handle.info().dueAt()).isAfter(handle.info().startedAt().plus(Duration.ofDays(29)));
        skip(Duration.ofDays(1));
        result(handle);
    }

    @Test
    void aTimeThatIsPastIsOverAtOnce() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.sleepUntil(Instant.EPOCH);
            ctx.sleepUntil(ctx.now().minus(Duration.ofDays(365)));
            ctx.sleep(Duration.ZERO);
            ctx.sleep(Duration.ofDays(-1));
            return "awake";
        }));

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("awake");
    }

    @Test
    void sleepsUntilATime() {
        var type = WorkflowType.of(unique("until"), Instant.class, Instant.class);
        var worker = worker(options -> options.workflow(type, (ctx, time) -> {
            ctx.sleepUntil(time);
            return ctx.now();
        }));
        Instant birthday = databaseTime().plus(Duration.ofDays(400));
        var handle = worker.romancy().start(type, birthday);
        worker.events().await(suspended(handle.id()));

        skip(Duration.ofDays(401));

        assertThat(result(handle)).isAfterOrEqualTo(birthday);
    }

    @Test
    void goesOnOnAnotherWorkerWithTheTimeThatIsLeft() {
        String id = id();
        try (var first = sleepers()) {
            first.romancy().start(SLEEPER, Duration.ofDays(2), StartOptions.id(id));
            first.events().await(suspended(id));
        }
        skip(Duration.ofDays(1));
        var second = sleepers();
        Instant due = info(id).dueAt();
        assertThat(due)
                .isBetween(
                        info(id).startedAt().plus(Duration.ofDays(2)),
                        info(id).startedAt().plus(Duration.ofDays(3)));

        skip(Duration.ofDays(1).plusSeconds(1));

        assertThat(result(second.romancy().handle(id, SLEEPER))).isAfterOrEqualTo(due);
        assertThat(second.events().count(replayed(id))).isEqualTo(1);
    }

    @Test
    void aTimerFiresAtItsTimeThoughNobodyScansForIt() {
        var worker = worker(options -> neverPolls(options).workflow(SLEEPER, (ctx, time) -> {
            ctx.sleep(time);
            return ctx.now();
        }));

        result(worker.romancy().start(SLEEPER, Duration.ofMillis(200)));

        assertThat(worker.events().count(polled(TIMERS))).isLessThan(20);
    }

    @Test
    void timersThatAreTakenOverFireAtTheirTimeThoughNobodyScansForThem() {
        String soon = id();
        String later = id();
        try (var first = sleepers()) {
            first.romancy().start(SLEEPER, Duration.ofDays(1), StartOptions.id(later));
            first.romancy().start(SLEEPER, Duration.ofSeconds(1), StartOptions.id(soon));
            first.events().await(suspended(soon));
            first.events().await(suspended(later));
        }
        var second = worker(options -> neverPolls(options).workflow(SLEEPER, (ctx, time) -> {
            ctx.sleep(time);
            return ctx.now();
        }));

        result(second.romancy().handle(soon, SLEEPER));

        assertThat(status(later)).isEqualTo(InstanceStatus.WAITING);
    }

    @Test
    void anEarlierTimerOfAnotherWorkerRearmsTheOneThatIsArmed() {
        Assumptions.assumeTrue(hasNotifications(), "without notifications the poll interval is the bound");
        var patient = worker(options -> neverPolls(options).workflow(SLEEPER, (ctx, time) -> {
            ctx.sleep(time);
            return ctx.now();
        }));
        var far = patient.romancy().start(SLEEPER, Duration.ofDays(1));
        patient.events().await(suspended(far.id()));
        String earlier = id();

        var other = sleepers();
        other.romancy().start(SLEEPER, Duration.ofSeconds(1), StartOptions.id(earlier));
        other.events().await(suspended(earlier));
        other.faults().hold(StorageCall.CLAIM);

        result(patient.romancy().handle(earlier, SLEEPER));
        assertThat(patient.events().count(replayed(earlier))).isEqualTo(1);
        assertThat(status(far.id())).isEqualTo(InstanceStatus.WAITING);
    }

    @Test
    void aSpanWithoutEndIsAVeryLongOne() {
        var type = texts();
        var go = Mailbox.of("go", String.class);
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            String first = ctx.receive(go, ChronoUnit.FOREVER.getDuration()).orElse("nothing");
            ctx.sleep(ChronoUnit.FOREVER.getDuration());
            return first;
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        assertThat(status(handle.id())).isEqualTo(InstanceStatus.WAITING);

        handle.send(go, "something");

        worker.events().await(suspended(handle.id()).times(2));
        assertThat(status(handle.id())).isEqualTo(InstanceStatus.WAITING);
        assertThat(operations(handle.id())).containsExactly("receive:go_1", "timer:sleep_1");
    }

    @Test
    void manySleepsInARowAreEachRecordedOnce() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            for (int i = 0; i < 30; i++) {
                ctx.sleep(Duration.ZERO);
            }
            return "awake";
        }));

        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("awake");
        assertThat(operations(handle.id())).hasSize(30).doesNotHaveDuplicates();
    }
}
