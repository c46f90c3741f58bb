package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.record.EventCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Much of one thing: still once each, still in order, and not slower than its number. */
public abstract class VolumeScenario extends Scenario {
    private static final Mailbox<String> PARCELS = Mailbox.of("parcels", String.class);

    @Test
    void aThousandTimersThatAreDueInOneMomentFireOnceEach() {
        var type = texts();
        int count = 1000;
        Instant moment = databaseTime().plus(Duration.ofDays(1));
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.sleepUntil(moment);
            return input;
        };
        var worker = worker(options -> options.workflow(type, workflow));
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            handles.add(worker.romancy().start(type, "sleeper " + i));
        }
        worker.events()
                .await(EventCondition.of("a suspension", EngineEvent.WorkflowSuspended.class, e -> true)
                        .times(count));
        var second = worker(options -> options.workflow(type, workflow));

        skip(Duration.ofDays(2));

        for (int i = 0; i < count; i++) {
            assertThat(result(handles.get(i))).isEqualTo("sleeper " + i);
            if (i % 20 == 0) {
                assertThat(operations(handles.get(i).id())).containsExactly("timer:sleep_1");
            }
        }
        assertThat(Stream.of(worker, second)
                        .flatMap(both -> both.events().all(EngineEvent.RunClaimed.class).stream())
                        .map(EngineEvent.RunClaimed::id))
                .as("claims after the start, of either worker")
                .hasSize(count)
                .doesNotHaveDuplicates();
    }

    @Test
    void largeInputsAreClaimedAFewAtATimeWithoutAWait() throws InterruptedException {
        var type = texts();
        String large = "x".repeat(RunStore.CLAIMED_INPUT_BYTES / 5 * 3);
        var client = client();
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        int count = 8;
        for (int i = 0; i < count; i++) {
            handles.add(client.romancy().start(type, large));
        }

        var gate = new Gate();
        var worker = worker(options -> neverPolls(options)
                .maxConcurrentWorkflows(count)
                .workflow(type, (ctx, input) -> {
                    ctx.step("at the same time", gate::pass);
                    return String.valueOf(input.length());
                }));
        gate.awaitArrivals(count);
        gate.open();

        handles.forEach(handle -> assertThat(result(handle)).isEqualTo(String.valueOf(large.length())));
        assertThat(worker.events().all(EngineEvent.RunsPickedUp.class))
                .allSatisfy(claim -> assertThat(claim.count()).isLessThan(5));
    }

    @Test
    void aHistoryOfTenThousandStepsIsReadOnceInPagesWhenItIsResumed() {
        var type = texts();
        int count = 10_000;
        var tally = new Tally();
        Durable<String, String> workflow = (ctx, input) -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                int step = i;
                sum += ctx.step("step", Integer.class, () -> {
                    tally.mark("body");
                    return step;
                });
            }
            return ctx.receive(GO) + sum;
        };
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id), DEADLINE.multipliedBy(2));
        }
        var second = worker(options -> options.workflow(type, workflow));
        second.romancy().send(id, GO, "sum ");

        assertThat(result(second.romancy().handle(id, type))).isEqualTo("sum " + (long) count * (count - 1) / 2);

        assertThat(tally.of("body")).isEqualTo(count);
        var claim = second.faults().log().claims(id).getFirst();
        var pages = second.faults().log().historyReads(claim.claim().run());
        int read = claim.history().size();
        for (var page : pages) {
            assertThat(page.fromPosition())
                    .as("each page begins where the one before ended")
                    .isEqualTo(read);
            read += page.records();
        }
        assertThat(read).as("every record is read once").isEqualTo(count);
        assertThat(pages.size()).isBetween(2, 20);
    }

    @Test
    void aHistoryOfLargeResultsIsReadToItsEndThoughNoPageIsFull() {
        var type = texts();
        int count = 12;
        String large = "x".repeat(100_000);
        var tally = new Tally();
        Durable<String, String> workflow = (ctx, input) -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += ctx.step("step", String.class, () -> tally.marked(large)).length();
            }
            return ctx.receive(GO) + sum;
        };
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
        }
        var second = worker(options -> options.workflow(type, workflow));
        second.romancy().send(id, GO, "sum ");

        assertThat(result(second.romancy().handle(id, type))).isEqualTo("sum " + (long) count * large.length());

        assertThat(tally.of(large)).isEqualTo(count);
        assertThat(second.faults().log().historyReads(info(id).run()))
                .as("pages of a few records each")
                .hasSizeBetween(count / 3, count + 1);
    }

    @Test
    void aBacklogOfLargeMessagesIsReceivedWholeAndInOrder() {
        var type = texts();
        int count = 12;
        String large = "x".repeat(30_000);
        Durable<String, String> workflow = (ctx, input) -> {
            var all = new StringBuilder(ctx.receive(GO));
            for (int i = 0; i < count; i++) {
                String next = ctx.receive(PARCELS);
                all.append(' ').append(next, 0, next.indexOf(':'));
            }
            return all.toString();
        };
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
            for (int i = 0; i < count; i++) {
                first.romancy().send(id, PARCELS, i + ":" + large);
            }
        }
        var second = worker(options -> options.workflow(type, workflow));

        second.romancy().send(id, GO, "go");

        assertThat(result(second.romancy().handle(id, type))).isEqualTo("go 0 1 2 3 4 5 6 7 8 9 10 11");
    }

    @Test
    void aThousandInstancesEndOnTwoWorkers() {
        var type = texts();
        Durable<String, String> workflow = (ctx, input) -> {
            String a = ctx.step("a", String.class, () -> input);
            return ctx.step("b", String.class, () -> a + "!");
        };
        var one = worker(options -> options.workflow(type, workflow));
        var two = worker(options -> options.maxConcurrentWorkflows(50).workflow(type, workflow));
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            handles.add((i % 2 == 0 ? one : two).romancy().start(type, "run " + i));
        }

        for (int i = 0; i < handles.size(); i++) {
            assertThat(result(handles.get(i))).isEqualTo("run " + i + "!");
        }
        assertThat(handles).allSatisfy(handle -> assertThat(status(handle.id())).isEqualTo(InstanceStatus.COMPLETED));
    }
}
