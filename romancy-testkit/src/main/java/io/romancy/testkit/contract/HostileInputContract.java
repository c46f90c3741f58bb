package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that somebody else chose: they stay values, and what no database could keep is refused alone. */
public abstract class HostileInputContract extends StorageContract {

    static Stream<String> hostile() {
        return Stream.of(
                "it's \"quoted\"",
                "'; DROP TABLE run; --",
                "back\\slash \\n \\u0000 ${x} #{y} ? :name $1 %s",
                "percent % under_score * glob",
                "{\"json\":[1,{}]}, {array,\"elements\"}, NULL",
                "\u00e4\u00f6\u00fc \u4e2d\u6587 \u0639\u0631\u0628\u064a \ud83d\ude80\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "tab\tline\r\nfeed \u0001\u001f\u007f\u0085\u2028 \ufeff\uffff",
                " leading and trailing ",
                "a,b;c|d/e/f");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void namesOfAllKindsStayWhatTheyAre(String hostile) {
        Worker worker = worker();
        Route route = new Route(unique("") + hostile, 7);
        String id = unique("") + hostile;
        var mailbox = new ChannelName(ChannelName.Kind.MAILBOX, hostile);
        var topic = new ChannelName(ChannelName.Kind.TOPIC, unique("") + hostile);
        commit(new Commit.Start(new NewInstance(id, route, payload(hostile), hostile, null)));
        Claim claim = worker.claimOne(route).claim();
        assertThat(claim.id()).isEqualTo(id);
        worker.leave(claim, waitFor(mailbox, topic), subscribe(topic, TopicMode.BROADCAST));
        assertThat(info(id).waitsFor()).containsExactlyInAnyOrder(mailbox, topic);
        assertThat(info(id).route()).isEqualTo(route);
        publish(new NewMessage(
                unique("") + hostile, mailbox, null, id, hostile, Map.of(hostile, hostile), payload(hostile)));
        publish(new NewMessage(
                unique("") + hostile, topic, TopicMode.BROADCAST, null, null, Map.of(), payload(hostile)));
        dispatch();

        var woken = worker.claimOne(route);

        assertThat(woken.mailbox()).extracting(DeliveredMessage::channel).containsExactlyInAnyOrder(mailbox, topic);
        assertThat(woken.mailbox())
                .filteredOn(message -> message.channel().equals(mailbox))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.sender()).isEqualTo(hostile);
                    assertThat(message.headers()).isEqualTo(Map.of(hostile, hostile));
                    assertThat(message.payload()).isEqualTo(payload(hostile));
                });
        commit(new Commit.Cancel(id, hostile));
        var look = worker.look(woken.claim(), mailbox);
        assertThat(look.mailbox()).hasSize(1);
        assertThat(look.cancelReason()).isEqualTo(hostile);
        var step = new StepRecord(
                0, Samples.CLOSED, hostile, new Payload("it's a \u4e2d codec", new byte[] {0}), Instant.EPOCH);
        worker.leave(woken.claim().seen(look.wake()), complete(hostile), new Change.Append(step));
        assertThat(worker.history(woken.claim())).singleElement().satisfies(record -> {
            assertThat(record.name()).isEqualTo(hostile);
            assertThat(record.body()).isEqualTo(step.body());
        });
        assertThat(storage().instances().outcomes(List.of(id)).getFirst().payload())
                .isEqualTo(payload(hostile));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void valuesInFiltersFindNothingElse(String hostile) {
        start(route());

        assertThat(storage().instances().find(hostile)).isEmpty();
        assertThat(storage().instances().input(hostile)).isEmpty();
        assertThat(storage().instances().outcomes(List.of(hostile))).isEmpty();
        assertThat(storage().instances().list(new InstanceQuery(hostile, Set.of(), null, Long.MAX_VALUE, 10)))
                .isEmpty();
    }

    @Test
    void aWorkflowIsListedByItsWholeNameOnly() {
        Route route = route();
        Route longer = new Route(route.workflow() + "/1", 1);
        String id = start(route);
        start(longer);

        assertThat(storage().instances().list(new InstanceQuery(route.workflow(), Set.of(), null, Long.MAX_VALUE, 10)))
                .extracting(InstanceInfo::id)
                .containsExactly(id);
    }

    @Test
    void theLongestNamesAreKept() {
        Worker worker = worker();
        String id = longest(unique(""), Check.MAX_NAME_BYTES);
        Route route = new Route(longest(unique(""), Check.MAX_NAME_BYTES - 3), 1);
        var mailbox = new ChannelName(ChannelName.Kind.MAILBOX, longest(unique(""), Check.MAX_NAME_BYTES - 2));
        commit(new Commit.Start(instance(id, route)));
        Claim claim = worker.claimOne(route).claim();
        worker.leave(claim, waitFor(mailbox));
        publish(new NewMessage(
                longest(unique(""), Check.MAX_NAME_BYTES), mailbox, null, id, null, Map.of(), payload("x")));
        dispatch();

        assertThat(worker.claimOne(route).mailbox()).hasSize(1);
    }

    @Test
    void idsThatDifferOnlyInCaseOrSpaceOrAccentAreDifferent() {
        Route route = route();
        String id = unique("id");
        List<String> ids = List.of(id + "a", id + "A", id + "a ", " " + id + "a", id + "\u00e4", id + "a\u0308");

        ids.forEach(one ->
                assertThat(commit(new Commit.Start(instance(one, route)))).isInstanceOf(CommitResult.Accepted.class));

        assertThat(worker().claimIds(10, route)).containsExactlyInAnyOrderElementsOf(ids);
    }

    static Stream<String> unstorable() {
        return Stream.of("nul \u0000 inside", "half \ud83d of a pair", "other half \ude80 of a pair");
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatNoDatabaseKeepsIsRefusedAndNothingOfItsCommitIsWritten(String unstorable) {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var message = new NewMessage(
                unique("uid"), mailbox(), null, claim.id(), null, Map.of("header", unstorable), payload("x"));
        List<Change> badStep =
                List.of(append(0, "good"), new Change.Append(new StepRecord(1, 1, unstorable, null, Instant.EPOCH)));
        List<Change> badMessage = List.of(append(0, "good"), publishing(0, message));

        assertRefused(
                storage()
                        .runs()
                        .commit(List.of(new Commit.OfRun(claim, badStep, complete("done"))))
                        .getFirst(),
                ErrorCode.INVALID_ARGUMENT);
        assertRefused(
                storage()
                        .runs()
                        .commit(List.of(new Commit.OfRun(claim, badMessage, null)))
                        .getFirst(),
                ErrorCode.INVALID_ARGUMENT);

        assertThat(worker.history(claim)).isEmpty();
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.RUNNING);
        worker.leave(claim, complete("goes on"));
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatIsRefusedDoesNotHarmItsNeighbours(String unstorable) {
        Worker worker = worker();
        var run = running(worker);
        String id = id();
        var mailbox = mailbox();

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.OfRun(run.claim(), List.of(append(0, "good")), null),
                        new Commit.Cancel(run.claim().id(), unstorable),
                        new Commit.Publish(new NewMessage(
                                unique("uid"), mailbox, null, run.claim().id(), unstorable, Map.of(), payload("x"))),
                        new Commit.Publish(new NewMessage(
                                unique("uid"),
                                mailbox,
                                null,
                                run.claim().id(),
                                null,
                                Map.of(unstorable, "x"),
                                payload("x"))),
                        new Commit.Start(new NewInstance(id(), route(), payload("x"), unstorable, null)),
                        new Commit.Publish(direct(mailbox, run.claim().id(), "good")),
                        new Commit.Start(instance(id, route()))));

        assertThat(answers.get(0)).isInstanceOf(CommitResult.Taken.class);
        answers.subList(1, 5).forEach(answer -> assertRefused(answer, ErrorCode.INVALID_ARGUMENT));
        assertThat(answers.get(5)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(answers.get(6)).isInstanceOf(CommitResult.Accepted.class);
        dispatch();
        assertThat(worker.texts(run.claim())).containsExactly("good");
        assertThat(worker.historyTexts(run.claim())).containsExactly("good");
        assertThat(worker.look(run.claim()).cancelReason()).isNull();
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatIsRefusedInsideATransactionDoesNotSpoilIt(String unstorable) throws Exception {
        String id = start(route());
        String other = id();

        var answers = storage()
                .inTransaction(transaction -> storage()
                        .runs()
                        .commit(
                                transaction,
                                List.of(
                                        new Commit.Cancel(id, unstorable),
                                        new Commit.Publish(new NewMessage(
                                                unique("uid"),
                                                mailbox(),
                                                null,
                                                id,
                                                unstorable,
                                                Map.of(),
                                                payload("x"))),
                                        new Commit.Start(
                                                new NewInstance(id(), route(), payload("x"), unstorable, null)),
                                        new Commit.Start(instance(other, route())))));

        answers.subList(0, 3).forEach(answer -> assertRefused(answer, ErrorCode.INVALID_ARGUMENT));
        assertThat(answers.get(3)).isInstanceOf(CommitResult.Accepted.class);
        dispatch();
        assertThat(info(id).cancelReason()).isNull();
        assertThat(status(other)).isEqualTo(InstanceStatus.READY);
    }

    /** As many bytes as given, of which most are of characters that have several. */
    private static String longest(String prefix, int bytes) {
        StringBuilder name = new StringBuilder(prefix);
        while (utf8(name) + 4 <= bytes) {
            name.append("\ud83d\ude80");
        }
        while (utf8(name) < bytes) {
            name.append('x');
        }
        return name.toString();
    }

    private static int utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
