package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.dispatched;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.ReceivedMessage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.testkit.fault.CommitFaults;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages to one instance. */
public abstract class MailboxScenario extends Scenario {
    private static final Mailbox<Integer> NUMBERS = Mailbox.of("numbers", Integer.class);

    @Test
    void aMessageReachesItsInstanceAndNoOther() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> input + ctx.receive(GO)));
        var one = worker.romancy().start(type, "one ");
        var two = worker.romancy().start(type, "two ");
        worker.events().await(suspended(one.id()));
        worker.events().await(suspended(two.id()));
        assertThat(one.info().waitsFor()).containsExactly("m:go");

        one.send(GO, "first");

        assertThat(result(one)).isEqualTo("one first");
        assertThat(two.info().status()).isEqualTo(InstanceStatus.WAITING);
        two.send(GO, "second");
        assertThat(result(two)).isEqualTo("two second");
    }

    @Test
    void aMessageIsKeptUntilTheInstanceLooks() throws Exception {
        var type = texts();
        var gate = new Gate();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("busy", gate::pass);
            return ctx.receive(GO);
        }));
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        handle.send(GO, "early");
        gate.open();

        assertThat(result(handle)).isEqualTo("early");
    }

    @Test
    void messagesOfManySendersComeInTheOrderOfTheirSending() {
        var type = texts();
        int count = 600;
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(ctx.receive(NUMBERS));
            }
            return all.toString();
        }));
        var client = client();
        var waiting = worker.romancy().start(type, "x");
        worker.events().await(suspended(waiting.id()));

        for (int i = 0; i < count; i++) {
            (i % 2 == 0 ? client : worker).romancy().send(waiting.id(), NUMBERS, i);
        }

        assertThat(result(waiting))
                .isEqualTo(IntStream.range(0, count).boxed().toList().toString());
    }

    @Test
    void moreMessagesThanFitIntoOneLookAllArrive() throws Exception {
        var type = texts();
        int count = 300;
        var gate = new Gate();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("busy", gate::pass);
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += ctx.receive(NUMBERS);
            }
            return ctx.receive(GO) + sum;
        }));
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();
        for (int i = 0; i < count; i++) {
            handle.send(NUMBERS, i);
        }
        handle.send(GO, "sum ");

        gate.open();

        assertThat(result(handle)).isEqualTo("sum " + count * (count - 1) / 2);
    }

    @Test
    void aMessageBetweenLookingAndWaitingIsReceived() {
        var type = texts();
        String id = id();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        var sender = client();
        worker.faults().commits().before(CommitFaults.suspends(id), commit -> {
            sender.romancy().send(id, GO, "just in time");
            await("the message in the mailbox", () -> mailbox(((Commit.OfRun) commit).claim()) == 1);
        });

        var handle = worker.romancy().start(type, "x", StartOptions.id(id));

        assertThat(result(handle)).isEqualTo("just in time");
        assertThat(worker.events().count(suspended(id)))
                .as("it saw the message instead of waiting")
                .isZero();
    }

    @Test
    void aMessageBetweenWritingTheWaitAndHearingOfItIsReceived() {
        var type = texts();
        String id = id();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        var sender = client();
        worker.faults().commits().after(CommitFaults.suspends(id), commit -> {
            sender.romancy().send(id, GO, "just in time");
            await("the message to wake it", () -> status(id) != InstanceStatus.WAITING);
        });

        var handle = worker.romancy().start(type, "x", StartOptions.id(id));

        assertThat(result(handle)).isEqualTo("just in time");
    }

    /** How many messages are there for a run that is at work. */
    private int mailbox(Claim claim) {
        return storage()
                .runs()
                .look(claim, Set.of())
                .map(look -> look.mailbox().size())
                .orElse(0);
    }

    /** The same for a run of a worker. */
    private int mailbox(ScenarioWorker worker, String id) {
        NodeId node = Objects.requireNonNull(worker.romancy().status().node());
        return storage().nodes().owned(node, -1, 100).stream()
                .filter(owned -> owned.claim().id().equals(id))
                .mapToInt(owned -> mailbox(owned.claim()))
                .sum();
    }

    @Test
    void aReceiverSeesWhoSentTheMessageWhenAndWithWhat() {
        var sender = texts();
        var receiver = texts();
        var seen = new CopyOnWriteArrayList<ReceivedMessage<String>>();
        var worker = worker(options -> options.workflow(receiver, (ctx, input) -> {
                    ReceivedMessage<String> first = ctx.receiveMessage(GO);
                    ReceivedMessage<String> second = ctx.receiveMessage(GO);
                    ctx.step("look", () -> seen.addAll(List.of(first, second)));
                    return first.value() + second.value();
                })
                .workflow(sender, (ctx, target) -> {
                    ctx.send(target, GO, "b", MessageOptions.none().header("from", "workflow"));
                    return "sent";
                }));
        var handle = worker.romancy().start(receiver, "x");
        handle.send(
                GO, "a", MessageOptions.none().header("trace", "\u00e4=1;\"").header("empty", ""));
        worker.events().await(suspended(handle.id()).times(1));
        var from = worker.romancy().start(sender, handle.id());
        result(from);

        assertThat(result(handle)).isEqualTo("ab");

        assertThat(seen.get(0).sender()).isNull();
        assertThat(seen.get(0).headers()).isEqualTo(Map.of("trace", "\u00e4=1;\"", "empty", ""));
        assertThat(seen.get(1).sender()).isEqualTo(from.id());
        assertThat(seen.get(1).headers()).isEqualTo(Map.of("from", "workflow"));
        assertThat(seen.get(0).id()).isPositive().isNotEqualTo(seen.get(1).id());
        assertThat(seen.get(1).publishedAt())
                .isAfterOrEqualTo(seen.get(0).publishedAt())
                .isAfterOrEqualTo(handle.info().startedAt());
    }

    @Test
    void aKeyMakesAMessageTheSameForEachTarget() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO) + ctx.receive(GO)));
        var one = worker.romancy().start(type, "one");
        var two = worker.romancy().start(type, "two");

        one.send(GO, "a", MessageOptions.key("payment-1"));
        one.send(GO, "a", MessageOptions.key("payment-1"));
        one.send(GO, "b", MessageOptions.key("payment-2"));
        two.send(GO, "a", MessageOptions.key("payment-1"));
        two.send(GO, "c");

        assertThat(result(one)).isEqualTo("ab");
        assertThat(result(two)).isEqualTo("ac");
    }

    @Test
    void aReceiveWithATimeOutIsEmptyWhenNothingCame() {
        var type = texts();
        var worker = worker(options -> options.workflow(
                type, (ctx, input) -> ctx.receive(GO, Duration.ofDays(1)).orElse("nothing")));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        assertThat(handle.info().dueAt())
                .isEqualTo(history(handle.id()).getFirst().at().plus(Duration.ofDays(1)));

        skip(Duration.ofDays(1));

        assertThat(result(handle)).isEqualTo("nothing");
        assertThat(history(handle.id())).hasSize(1);
    }

    @Test
    void aMessageThatIsThereBeatsATimeOutThatIsDue() {
        var type = texts();
        String id = id();
        try (var first = worker(options -> options.workflow(
                type, (ctx, input) -> ctx.receive(GO, Duration.ofDays(1)).orElse("nothing")))) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
        }
        client().romancy().send(id, GO, "in time");
        await("the message to wake it", () -> status(id) == InstanceStatus.READY);
        skip(Duration.ofDays(2));

        var second = worker(options -> options.workflow(
                type, (ctx, input) -> ctx.receive(GO, Duration.ofDays(1)).orElse("nothing")));

        assertThat(result(second.romancy().handle(id, type))).isEqualTo("in time");
    }

    @Test
    void aMessageAfterTheTimeOutStaysForTheNextReceive() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            String early = ctx.receive(GO, Duration.ofMillis(1)).orElse("nothing");
            return early + ", " + ctx.receive(GO);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()).times(2));

        handle.send(GO, "late");

        assertThat(result(handle)).isEqualTo("nothing, late");
    }

    @Test
    void aReceiveWithoutTimeLooksOnce() throws Exception {
        var type = texts();
        var gate = new Gate();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            Optional<String> before = ctx.receive(GO, Duration.ZERO);
            ctx.step("busy", gate::pass);
            Optional<String> after = ctx.receive(GO, Duration.ofSeconds(-1));
            return before.orElse("none") + " " + after.orElse("none");
        }));
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();
        handle.send(GO, "there");
        await("the message in the mailbox", () -> mailbox(worker, handle.id()) == 1);
        gate.open();

        assertThat(result(handle)).isEqualTo("none there");
        assertThat(worker.events().count(suspended(handle.id()))).isZero();
    }

    @Test
    void mailboxesOfOneInstanceAreApart() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            String go = ctx.receive(GO);
            return go + ctx.receive(NUMBERS);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        handle.send(NUMBERS, 7);
        worker.events().await(dispatched());
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.WAITING);
        handle.send(GO, "go ");

        assertThat(result(handle)).isEqualTo("go 7");
    }

    @Test
    void nobodyToReceiveIsRefused() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> input));
        var ended = worker.romancy().start(type, "x");
        result(ended);

        assertThatThrownBy(() -> worker.romancy().send(id(), GO, "x"))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INSTANCE_NOT_FOUND));
        assertThatThrownBy(() -> ended.send(GO, "x"))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INSTANCE_ENDED));
    }

    @Test
    void aWorkflowThatSendsToNobodyGoesOn() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.send(input, GO, "to nobody");
            return "went on";
        }));

        assertThat(result(worker.romancy().start(type, id()))).isEqualTo("went on");
        await("a dispatch", () -> worker.faults().calls(StorageCall.DISPATCH) > 0);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void aMessageIsNeverNull() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> handle.send(GO, null))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
