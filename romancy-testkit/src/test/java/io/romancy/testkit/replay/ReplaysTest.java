package io.romancy.testkit.replay;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.TerminalException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.TestRomancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** Recorded once by real engines, checked against code that is the same, and code that is not. */
class ReplaysTest {
    record Order(String item, int count) {}

    record Payment(String by) {}

    static final WorkflowType<Order, String> ORDER = WorkflowType.of("order", Order.class, String.class);
    static final WorkflowType<String, String> CHILD = WorkflowType.of("child", String.class, String.class);
    static final Mailbox<Payment> PAID = Mailbox.of("payments", Payment.class);
    static final AtomicInteger BODIES = new AtomicInteger();

    @TempDir
    Path folder;

    static String order(WorkflowContext ctx, Order order) {
        ctx.step("reserve " + order.item(), () -> {
            BODIES.incrementAndGet();
        });
        ctx.compensate(() -> ctx.step("release", () -> {
            BODIES.incrementAndGet();
        }));
        String lot = ctx.step("lot", String.class, () -> "A" + BODIES.incrementAndGet())
                + ctx.random().nextInt(10);
        ctx.sleep(ofDays(1));
        Payment payment = ctx.receive(PAID, ofDays(2)).orElse(new Payment("nobody"));
        if (payment.by().equals("nobody")) {
            throw new TerminalException("not paid");
        }
        ctx.start(CHILD, payment.by());
        ctx.receive(PAID);
        return lot + " for " + payment.by() + " " + ctx.now();
    }

    private TestRomancy romancy() {
        return TestRomancy.builder()
                .engine(builder -> builder.workflow(ORDER, ReplaysTest::order).workflow(CHILD, (ctx, name) -> name))
                .open();
    }

    private void check(Durable<Order, String> workflow, Path path) {
        int before = BODIES.get();
        try {
            Replays.check(ORDER, workflow, path);
        } finally {
            assertThat(BODIES).as("no body of a step runs").hasValue(before);
        }
    }

    private AssertionFailedError misfit(Durable<Order, String> workflow, Path path) {
        try {
            check(workflow, path);
        } catch (AssertionFailedError misfit) {
            return misfit;
        }
        throw new AssertionError("it passes");
    }

    /** A history at each place where an order can stand. */
    private void recordAll() {
        try (var romancy = romancy()) {
            var paid = romancy.start(ORDER, new Order("chair", 1), StartOptions.id("paid"));
            romancy.start(ORDER, new Order("table", 1), StartOptions.id("unpaid"));
            romancy.start(ORDER, new Order("bed", 1), StartOptions.id("cancelled"));
            romancy.time().settle();
            romancy.history("paid").write(folder.resolve("1-sleeps.json"));
            romancy.time().skip(ofDays(1));
            romancy.history("paid").write(folder.resolve("2-waits-with-limit.json"));
            romancy.handle("cancelled").cancel("changed their mind");
            paid.send(PAID, new Payment("Ada"));
            romancy.time().settle();
            romancy.history("paid").write(folder.resolve("3-waits.json"));
            paid.send(PAID, new Payment("Bob"));
            assertThat(paid.result(ofMinutes(1))).contains("for Ada");
            romancy.time().skip(ofDays(2));
            romancy.history("paid").write(folder.resolve("4-completed.json"));
            romancy.history("unpaid").write(folder.resolve("5-failed.json"));
            romancy.history("cancelled").write(folder.resolve("6-cancelled.json"));
        }
    }

    @Test
    void theSameCodeFitsAtEveryPlace() {
        recordAll();

        check(ReplaysTest::order, folder);
        assertThat(List.of(
                        RecordedHistory.read(folder.resolve("3-waits.json")).status(),
                        RecordedHistory.read(folder.resolve("4-completed.json")).status(),
                        RecordedHistory.read(folder.resolve("5-failed.json")).status(),
                        RecordedHistory.read(folder.resolve("6-cancelled.json")).status()))
                .containsExactly(
                        InstanceStatus.WAITING,
                        InstanceStatus.COMPLETED,
                        InstanceStatus.FAILED,
                        InstanceStatus.CANCELLED);
    }

    @Test
    void aChannelWithALongerNameIsAnotherOne() {
        var walk = WorkflowType.of("walk", String.class, String.class);
        Path file = folder.resolve("waits.json");
        try (var romancy = TestRomancy.builder()
                .engine(builder -> builder.workflow(walk, () -> (ctx, input) -> {
                    ctx.receive(PAID);
                    return input;
                }))
                .open()) {
            var waiting = romancy.start(walk, "x");
            romancy.time().settle();
            romancy.history(waiting.id()).write(file);
        }
        Mailbox<Payment> longer = Mailbox.of("payments_late", Payment.class);

        assertThatThrownBy(() -> Replays.check(
                        walk,
                        (ctx, input) -> {
                            ctx.receive(longer);
                            return input;
                        },
                        file))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("receive:payments_late_1");
    }

    @Test
    void otherCodeFitsAtNone() throws IOException {
        recordAll();

        assertThatThrownBy(() -> check((ctx, order) -> ctx.step("other", String.class, () -> "x"), folder))
                .isInstanceOfSatisfying(
                        MultipleFailuresError.class,
                        e -> assertThat(e.getFailures())
                                .hasSize(6)
                                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("other:1")));
        assertThatThrownBy(() -> check((ctx, order) -> "done", folder))
                .isInstanceOfSatisfying(
                        MultipleFailuresError.class,
                        e -> assertThat(e.getFailures())
                                .hasSize(6)
                                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("ended here")));
        assertThatThrownBy(() -> check(
                        (ctx, order) -> {
                            order(ctx, order);
                            return "another result";
                        },
                        folder))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("4-completed")
                .hasMessageContaining(">   end  COMPLETED")
                .hasMessageContaining("COMPLETED {\"json\":\"another result\"}");
    }

    @Test
    void aDifferenceShowsBothSides() {
        recordAll();

        var misfit = misfit(
                (ctx, order) -> {
                    ctx.step("reserve " + order.item(), () -> {});
                    ctx.step("insure", () -> {});
                    return "";
                },
                folder.resolve("4-completed.json"));

        assertThat(misfit)
                .hasMessageContaining("Instance 'paid' of order/1 (" + folder.resolve("4-completed.json") + ")")
                .hasMessageContaining("""
                                 recorded                             today's code
                              0  STEP_DONE reserve chair:1            reserve chair:1
                        >     1  STEP_DONE lot:1                      insure:1
                              2  TIMER_FIRED timer:sleep_1
                              3  MESSAGE_RECEIVED receive:payments_1
                              4  STARTED start:child_1
                             ..  (2 more)
                        """)
                .hasMessageContaining("@Workflow(value = \"order\", version = 2)");
        assertThat(misfit.getExpected().getStringRepresentation()).isEqualTo("STEP_DONE lot:1");
        assertThat(misfit.getActual().getStringRepresentation()).isEqualTo("insure:1");
    }

    @Test
    void codeThatGoesOnOrWaitsElsewhereDoesNotFit() {
        recordAll();

        assertThat(misfit(
                        (ctx, order) -> {
                            order(ctx, order);
                            ctx.sleep(ofDays(1));
                            return "";
                        },
                        folder.resolve("4-completed.json")))
                .hasMessageContaining("timer:sleep_2");
        assertThat(misfit(
                        (ctx, order) -> {
                            ctx.step("reserve " + order.item(), () -> {});
                            ctx.step("lot", String.class, () -> "");
                            ctx.sleep(ofDays(1));
                            ctx.receive(PAID, ofDays(2));
                            ctx.start(CHILD, "x");
                            ctx.receive(Mailbox.of("refunds", Payment.class));
                            return "";
                        },
                        folder.resolve("3-waits.json")))
                .hasMessageContaining("WAITING for a message on payments")
                .hasMessageContaining("receive:refunds_1");
    }

    @Test
    void codeThatFailsWhereItWentOnSaysHow() {
        recordAll();

        assertThat(misfit(
                        (ctx, order) -> {
                            ctx.step("reserve " + order.item(), () -> {});
                            throw new IllegalStateException("no lots any more");
                        },
                        folder.resolve("4-completed.json")))
                .hasMessageContaining("java.lang.IllegalStateException: no lots any more");
    }

    @Test
    void whatCannotBeReadIsShown() throws IOException {
        recordAll();
        Path file = folder.resolve("4-completed.json");
        String json = Files.readString(file);

        Files.writeString(file, json.replace("\"count\" : 1", "\"count\" : \"many\""));
        assertThat(misfit(ReplaysTest::order, file))
                .hasMessageContaining("its input cannot be read")
                .hasMessageContaining(Order.class.getName())
                .hasMessageContaining("{\"json\":{\"count\":\"many\",\"item\":\"chair\"}}");

        Files.writeString(file, json.replace("\"by\" : \"Ada\"", "\"by\" : [1]"));
        assertThat(misfit(ReplaysTest::order, file))
                .hasMessageContaining("its record 'receive:payments_1' at position 3 cannot be read")
                .hasMessageContaining(Payment.class.getName())
                .hasMessageContaining("\"content\":{\"json\":{\"by\":[1]}}");
    }

    @Test
    void aFileIsReadAsItWasWritten() throws IOException {
        recordAll();

        try (var files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(6).allSatisfy(file -> {
                RecordedHistory history = RecordedHistory.read(file);
                assertThat(history.toJson()).isEqualTo(Files.readString(file));
            });
        }
        assertThat(Files.readString(folder.resolve("4-completed.json")))
                .contains("\"workflow\" : \"order\"", "\"kind\" : \"MESSAGE_RECEIVED\"", "\"by\" : \"Ada\"");
        assertThat(Files.readString(folder.resolve("5-failed.json")))
                .contains("\"message\" : \"not paid\"", "\"stack\" : [ ]", "\"compensating\" : true");
    }

    @Test
    void aStepThatIsTriedAgainStandsAtItsAttempt() {
        var type = WorkflowType.of("tries", String.class, String.class);
        Durable<String, String> tries = (ctx, name) -> ctx.step(
                Step.of("try", String.class)
                        .retry(RetryPolicy.defaults().delay(ofDays(1)).maxDelay(ofDays(1))),
                attempt -> {
                    throw new IOException("not today");
                });
        try (var romancy = TestRomancy.builder()
                .engine(builder -> builder.workflow(type, tries))
                .open()) {
            romancy.start(type, "x", StartOptions.id("t"));
            romancy.time().settle();
            romancy.history("t").write(folder.resolve("t.json"));
        }

        assertThat(RecordedHistory.read(folder.resolve("t.json")).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.isOpen()).isTrue());
        Replays.check(type, tries, folder);
        assertThatThrownBy(() -> Replays.check(type, (ctx, name) -> ctx.step("other", String.class, () -> ""), folder))
                .hasMessageContaining("STEP_ATTEMPTED try:1");
    }

    @Test
    void aPathWithoutAHistoryChecksNothingAndSaysSo() {
        recordAll();

        assertThatThrownBy(() -> Replays.check(CHILD, (ctx, name) -> name, folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("There is no history of child/1")
                .hasMessageContaining("order/1");
        assertThatThrownBy(() -> Replays.check(CHILD, (ctx, name) -> name, folder.resolve("none.json")))
                .hasMessageContaining("none.json");
    }

    @Workflow("classy")
    static class Classy implements Durable<Order, Integer> {
        String step() {
            return "count";
        }

        @Override
        public Integer run(WorkflowContext ctx, Order order) {
            return ctx.step(step(), Integer.class, order::count);
        }
    }

    @Workflow("needy")
    static final class Needy implements Durable<Order, Integer> {
        private final String step;

        Needy(String step) {
            this.step = step;
        }

        @Override
        public Integer run(WorkflowContext ctx, Order order) {
            return ctx.step(step, Integer.class, order::count);
        }
    }

    @Test
    void aClassIsCheckedFromADatabaseByItsUrl() {
        Path file = folder.resolve("deep").resolve("classy.json");
        String url = "romancy:memory:replays-test";
        try (var romancy = Romancy.builder()
                .database(url)
                .workflow(Classy.class, Classy::new)
                .open()) {
            romancy.start(Classy.class, new Order("chair", 3), StartOptions.id("c"))
                    .result(ofMinutes(1));
            Replays.record(url, "c", file);
            assertThatThrownBy(() -> Replays.record(url, "d", file)).hasMessageContaining("There is no instance 'd'");
        }

        Replays.check(Classy.class, file);
        var changed = new Classy() {
            @Override
            String step() {
                return "sum";
            }
        };
        assertThatThrownBy(() -> Replays.check(Classy.class, () -> changed, file))
                .hasMessageContaining("sum:1");
        assertThatThrownBy(() -> Replays.check(Needy.class, () -> new Needy("count"), file))
                .hasMessageContaining("There is no history of needy/1")
                .hasMessageContaining("classy/1");
        assertThatThrownBy(() -> Replays.check(Needy.class, file))
                .hasMessageContaining("has no constructor without parameters");
        assertThatCode(() -> Replays.check(Classy.class, folder)).doesNotThrowAnyException();
    }
}
