package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.fault.CommitFaults;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What others do in the same database: locks, traffic, leases that end. It costs time, and nobody's state or place. */
public abstract class ContentionScenario extends Scenario {
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private final WorkflowType<String, String> type = texts();
    private final Durable<String, String> waiting = (ctx, input) -> {
        ctx.step("first", () -> {});
        return ctx.receive(GO) + ctx.receive(GO);
    };

    private RomancyBuilder working(RomancyBuilder options) {
        return options.workflow(type, waiting);
    }

    @Test
    void aRunWhoseRowsAreLockedWaitsForThemAndOthersGoOn() {
        var worker = worker(this::working);
        String locked = id();
        worker.faults().commits().lock(commit -> writes(commit, locked));
        var behindALock = worker.romancy().start(type, "x", StartOptions.id(locked));
        var free = worker.romancy().start(type, "x");

        free.send(GO, "not ");
        free.send(GO, "held up");

        assertThat(result(free)).isEqualTo("not held up");
        await("it is sent again", () -> worker.faults().commits().refused() >= 3);
        assertThat(status(locked)).as("nobody is at fault").isNotEqualTo(InstanceStatus.STUCK);
        worker.faults().commits().unlock();
        behindALock.send(GO, "goes ");
        behindALock.send(GO, "on");
        assertThat(result(behindALock)).isEqualTo("goes on");
        assertThat(operations(locked)).containsExactly("first:1", "receive:go_1", "receive:go_2");
    }

    /** Giving up writes nothing but that: it would get through. */
    private static boolean writes(Commit commit, String id) {
        return CommitFaults.of(id).test(commit)
                && commit instanceof Commit.OfRun run
                && !run.changes().isEmpty();
    }

    @Test
    void steadyTrafficHidesNoInstanceThatOnlyAPollCanFind() {
        var busy = texts();
        var worker = worker(options -> working(options).workflow(busy, (ctx, input) -> {
            String message = "";
            while (!message.equals("enough")) {
                message = ctx.receive(GO);
            }
            return input;
        }));
        var receiver = worker.romancy().start(busy, "x");
        var other = client().romancy().start(type, "x");
        var sent = new AtomicInteger();

        await("it is found between the messages", () -> {
            receiver.send(GO, "message " + sent.incrementAndGet());
            return worker.events().count(suspended(other.id())) > 0;
        });

        receiver.send(GO, "enough");
        assertThat(result(receiver)).isEqualTo("x");
    }

    @Test
    void aSuspensionWhoseAnswerIsLostGivesItsSlotBackThoughTheRunWentOn() throws Exception {
        var gate = new Gate();
        var holding = texts();
        var worker = worker(options -> working(options)
                .maxConcurrentWorkflows(2)
                .workflow(
                        holding,
                        (ctx, input) -> ctx.step("hold", String.class, () -> {
                            gate.pass();
                            return input;
                        })));
        var client = client();
        String id = id();
        worker.faults().commits().after(CommitFaults.suspends(id), commit -> {
            client.romancy().send(id, GO, "a");
            await(
                    "claimed again",
                    () -> !worker.events().all(EngineEvent.RunsPickedUp.class).isEmpty());
            throw lost(commit);
        });
        var handle = worker.romancy().start(type, "x", StartOptions.id(id));
        worker.events().await(suspended(id));

        var one = worker.romancy().start(holding, "1");
        var other = worker.romancy().start(holding, "2");

        gate.awaitArrivals(2);
        gate.open();
        assertThat(result(one) + result(other)).isEqualTo("12");
        handle.send(GO, "b");
        assertThat(result(handle)).isEqualTo("ab");
    }

    private static StorageException lost(Commit commit) {
        return new StorageException(
                ErrorCode.STORAGE_UNREACHABLE,
                "the answer to " + commit + " is lost, by a fault of this test",
                null,
                true);
    }

    @Test
    void aReapThatStandsStillCostsNoLease() {
        var lease = Duration.ofSeconds(1);
        var worker = worker(options -> working(options).leaseDuration(lease).leaseRenewal(Duration.ofMillis(50)));
        worker.faults().hold(StorageCall.REAP);
        worker.faults().awaitHeld(StorageCall.REAP, DEADLINE);
        int renewed = worker.faults().calls(StorageCall.RENEW);

        await("the lease is renewed beyond its end", () -> worker.faults().calls(StorageCall.RENEW) >= renewed + 30);

        assertThat(worker.romancy().status().leaseHeld()).isTrue();
        worker.faults().heal();
    }

    @Test
    void whatNobodyBeganWithoutALeaseIsBegunWithIt() {
        var worker = worker(options -> working(options)
                .leaseDuration(Duration.ofSeconds(1))
                .leaseRenewal(Duration.ofMillis(50))
                .notifyFallbackInterval(Duration.ofHours(1))
                .workflowResumptionInterval(Duration.ofHours(1))
                .timerCheckInterval(Duration.ofHours(1))
                .channelTimeoutInterval(Duration.ofHours(1)));
        worker.faults().fail(StorageCall.RENEW);
        await("the lease is in doubt", () -> !worker.romancy().status().leaseHeld());
        var handle = worker.romancy().start(type, "x");

        worker.faults().heal();

        worker.events().await(suspended(handle.id()));
    }

    @Test
    void aRunThatSendsWithoutEndWritesInPieces() {
        int messages = 1_700;
        var largest = new AtomicInteger();
        var sending = texts();
        var worker = worker(options -> working(options).workflow(sending, (ctx, input) -> {
            for (int i = 0; i < messages; i++) {
                ctx.send(input, GO, "message " + i);
            }
            return "sent";
        }));
        var receiver = worker.romancy().start(type, "x");
        worker.faults().commits().before(commit -> noted(commit, largest), commit -> {});

        assertThat(result(worker.romancy().start(sending, receiver.id()))).isEqualTo("sent");

        assertThat(largest.get()).isBetween(100, 1_000);
        assertThat(result(receiver)).isEqualTo("message 0message 1");
    }

    private static boolean noted(Commit commit, AtomicInteger largest) {
        if (commit instanceof Commit.OfRun run) {
            largest.accumulateAndGet(run.changes().size(), Math::max);
        }
        return false;
    }
}
