package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes: what is large comes in pages, whole and unchanged. */
public abstract class SizeContract extends StorageContract {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void aShortHistoryComesWholeWithTheClaim() {
        Worker worker = worker();
        var run = running(worker);
        for (int i = 0; i < 100; i++) {
            worker.write(run.claim(), append(i, "step " + i));
        }
        worker.leave(run.claim(), release());

        var claimed = worker.claimOne(run.route());

        assertThat(claimed.historyComplete()).isTrue();
        assertThat(claimed.history()).hasSize(100).isEqualTo(worker.history(claimed.claim()));
    }

    @Test
    void aLongHistoryComesInPagesAfterItsBeginning() {
        Worker worker = worker();
        var run = running(worker);
        String twoKilobytes = "x".repeat(2048);
        Change[] changes = IntStream.range(0, 200)
                .mapToObj(i -> append(i, i + ":" + twoKilobytes))
                .toArray(Change[]::new);
        worker.leave(run.claim(), release(), changes);

        var claimed = worker.claimOne(run.route());

        assertThat(claimed.historyComplete()).isFalse();
        assertThat(claimed.history().stream().mapToLong(SizeContract::bytes).sum())
                .isLessThanOrEqualTo(RunStore.CLAIMED_HISTORY_BYTES);
        assertThat(withTheRest(claimed))
                .extracting(record -> Samples.text(record.body()))
                .isEqualTo(IntStream.range(0, 200)
                        .mapToObj(i -> i + ":" + twoKilobytes)
                        .toList());
    }

    @Test
    void aRecordThatIsTooLargeForTheClaimIsReadByPage() {
        Worker worker = worker();
        var run = running(worker);
        Payload large = megabyte(1);
        worker.leave(
                run.claim(),
                release(),
                append(0, "small"),
                new Change.Append(new StepRecord(1, Samples.CLOSED, "large:1", large, Instant.EPOCH)),
                append(2, "small again"));

        var claimed = worker.claimOne(run.route());

        assertThat(claimed.historyComplete()).isFalse();
        var all = withTheRest(claimed);
        assertThat(all).extracting(StepRecord::position).containsExactly(0, 1, 2);
        assertThat(all.get(1).body()).isEqualTo(large);
    }

    @Test
    void ofRunsWithLargeInputsAsManyAreClaimedAsFit() {
        Worker worker = worker();
        Route route = route();
        int each = RunStore.CLAIMED_INPUT_BYTES / 5 * 2;
        List<String> ids = Stream.generate(StorageContract::id).limit(3).toList();
        ids.forEach(id -> startWithInput(id, route, each));

        var first = worker.claim(10, route);
        var second = worker.claim(10, route);

        assertThat(first.runs()).hasSize(2);
        assertThat(first.nextDueIn()).as("the third is left, and due").isEqualTo(Duration.ZERO);
        assertThat(second.runs()).hasSize(1);
        assertThat(Stream.concat(first.runs().stream(), second.runs().stream()))
                .allSatisfy(run -> assertThat(run.input().data()).hasSize(each))
                .extracting(run -> run.claim().id())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aRunIsClaimedHoweverLargeItsInput() {
        Worker worker = worker();
        Route route = route();
        String large = id();
        startWithInput(large, route, RunStore.CLAIMED_INPUT_BYTES + 1);
        String small = id();
        startWithInput(small, route, 1);

        assertThat(worker.claimIds(10, route)).containsExactly(large);
        assertThat(worker.claimIds(10, route)).containsExactly(small);
    }

    private void startWithInput(String id, Route route, int bytes) {
        var input = new Payload("text", new byte[bytes]);
        assertThat(commit(new Commit.Start(new NewInstance(id, route, input, "hash", null))))
                .isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void manyRunsWithLongHistoriesAreClaimedTogether() {
        Worker worker = worker();
        Route route = route();
        IntStream.range(0, 10).forEach(i -> start(route));
        String kilobyte = "x".repeat(1024);
        worker.claim(10, route)
                .runs()
                .forEach(run -> worker.leave(
                        run.claim(),
                        release(),
                        IntStream.range(0, 80)
                                .mapToObj(i -> append(i, run.claim().id() + kilobyte))
                                .toArray(Change[]::new)));

        var runs = worker.claim(10, route).runs();

        assertThat(runs)
                .hasSize(10)
                .allSatisfy(run -> assertThat(withTheRest(run))
                        .hasSize(80)
                        .allSatisfy(record -> assertThat(Samples.text(record.body()))
                                .isEqualTo(run.claim().id() + kilobyte)));
    }

    @Test
    void aMailboxComesUpToItsLimitAndTheRestAfterConsuming() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        int count = RunStore.MAILBOX_LIMIT + 44;
        List<String> sent = IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
        storage()
                .runs()
                .commit(sent.stream()
                        .<Commit>map(text ->
                                new Commit.Publish(direct(mailbox, run.claim().id(), text)))
                        .toList());
        dispatch();

        var look = worker.look(run.claim(), mailbox);
        assertThat(look.mailbox())
                .hasSizeLessThanOrEqualTo(RunStore.MAILBOX_LIMIT)
                .isNotEmpty();
        assertThat(look.mailboxComplete()).isFalse();
        worker.leave(run.claim().seen(look.wake()), release());

        var claimed = worker.claimOne(run.route());
        assertThat(claimed.mailbox())
                .hasSizeLessThanOrEqualTo(RunStore.MAILBOX_LIMIT)
                .isNotEmpty();
        assertThat(claimed.mailboxComplete()).isFalse();
        assertThat(Samples.texts(worker.drain(claimed.claim()))).isEqualTo(sent);
        assertThat(worker.look(claimed.claim()).mailboxComplete()).isTrue();
    }

    @Test
    void aMailboxThatJustFitsIsComplete() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var mailbox = mailbox();
        storage()
                .runs()
                .commit(IntStream.range(0, RunStore.MAILBOX_LIMIT)
                        .<Commit>mapToObj(i -> new Commit.Publish(direct(mailbox, claim.id(), "m" + i)))
                        .toList());
        dispatch();

        var look = worker.look(claim);

        assertThat(look.mailbox()).hasSize(RunStore.MAILBOX_LIMIT);
        assertThat(look.mailboxComplete()).isTrue();
    }

    @Test
    void aClaimBringsOfLargeMessagesWhatFitsAndALookShowsOneAtLeast() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        var large = new ArrayList<Payload>();
        for (int i = 0; i < 5; i++) {
            large.add(megabyte(i));
            publish(message(run.claim(), mailbox, large.getLast()));
        }
        dispatch();
        worker.leave(run.claim().seen(worker.look(run.claim()).wake()), release());

        var claimed = worker.claimOne(run.route());

        assertThat(claimed.mailbox()).isEmpty();
        assertThat(claimed.mailboxComplete()).isFalse();
        assertThat(worker.look(claimed.claim(), mailbox).mailbox())
                .singleElement()
                .satisfies(first -> assertThat(first.payload()).isEqualTo(large.getFirst()));
        assertThat(worker.drain(claimed.claim()))
                .extracting(DeliveredMessage::payload)
                .isEqualTo(large);
    }

    @Test
    void aMailboxIsBoundedByItsBytesAndAllOfItComesInTheEnd() {
        Worker worker = worker();
        var run = running(worker);
        var mailbox = mailbox();
        List<String> sent = IntStream.range(0, 40)
                .mapToObj(i -> i + ":" + "x".repeat(5_000))
                .toList();
        sent.forEach(text -> publish(direct(mailbox, run.claim().id(), text)));
        dispatch();

        var look = worker.look(run.claim());
        assertThat(look.mailboxComplete()).isFalse();
        assertFits(look.mailbox(), RunStore.MAILBOX_BYTES);
        worker.leave(run.claim().seen(look.wake()), release());

        var claimed = worker.claimOne(run.route());
        assertThat(claimed.mailboxComplete()).isFalse();
        assertFits(claimed.mailbox(), RunStore.MAILBOX_BYTES);
        assertThat(Samples.texts(worker.drain(claimed.claim()))).isEqualTo(sent);
    }

    private static void assertFits(List<DeliveredMessage> messages, long most) {
        assertThat(messages).isNotEmpty();
        assertThat(messages.stream()
                        .mapToLong(message -> message.payload().data().length)
                        .sum())
                .isBetween(most / 2, most);
    }

    @Test
    void aPageOfAHistoryIsBoundedByItsBytesAndHoldsOneRecordAtLeast() {
        Worker worker = worker();
        var claim = running(worker).claim();
        for (int i = 0; i < 3; i++) {
            worker.write(
                    claim, new Change.Append(new StepRecord(i, Samples.CLOSED, "large:1", megabyte(i), Instant.EPOCH)));
        }
        String hundredth = "x".repeat(RunStore.HISTORY_PAGE_BYTES / 100);
        worker.write(
                claim,
                IntStream.range(3, 203).mapToObj(i -> append(i, hundredth)).toArray(Change[]::new));

        for (int i = 0; i < 3; i++) {
            assertThat(storage().runs().history(claim.run(), i, 1000))
                    .extracting(StepRecord::position)
                    .containsExactly(i);
        }
        var page = storage().runs().history(claim.run(), 3, 1000);
        assertThat(page.stream().mapToLong(SizeContract::bytes).sum())
                .isBetween(RunStore.HISTORY_PAGE_BYTES / 2L, (long) RunStore.HISTORY_PAGE_BYTES);
        assertThat(worker.history(claim))
                .extracting(StepRecord::position)
                .isEqualTo(IntStream.range(0, 203).boxed().toList());
    }

    @Test
    void aMegabyteGoesThroughUnchangedWhereverAPayloadGoes() {
        Worker worker = worker();
        Route route = route();
        String id = id();
        Payload input = megabyte(1);
        Payload record = megabyte(2);
        Payload message = megabyte(3);
        Payload result = megabyte(4);
        assertThat(commit(new Commit.Start(new NewInstance(id, route, input, "hash", null))))
                .isInstanceOf(CommitResult.Accepted.class);
        publish(new NewMessage(unique("uid"), mailbox(), null, id, null, Map.of("h", "v"), message));
        dispatch();

        ClaimedRun claimed = worker.claimOne(route);
        assertThat(claimed.input()).isEqualTo(input);
        assertThat(worker.look(claimed.claim()).mailbox())
                .singleElement()
                .satisfies(delivered -> assertThat(delivered.payload()).isEqualTo(message));
        worker.leave(
                claimed.claim(),
                new Transition.Complete(result),
                new Change.Append(new StepRecord(0, Samples.CLOSED, "large:1", record, Instant.EPOCH)));

        assertThat(worker.history(claimed.claim()))
                .singleElement()
                .satisfies(step -> assertThat(step.body()).isEqualTo(record));
        assertThat(storage().instances().outcomes(List.of(id)).getFirst().payload())
                .isEqualTo(result);
        assertThat(storage().instances().input(id)).contains(input);
    }

    @Test
    void aRunWithAThousandRecordsCompletesLikeAnyOther() {
        Worker worker = worker();
        var run = running(worker);
        for (int batch = 0; batch < 10; batch++) {
            int from = batch * 100;
            worker.write(
                    run.claim(),
                    IntStream.range(from, from + 100)
                            .mapToObj(i -> append(i, "s" + i))
                            .toArray(Change[]::new));
        }

        worker.leave(run.claim(), complete("done"), new Change.Append(step(1000, Samples.CLOSED, "last")));

        assertThat(worker.history(run.claim()))
                .extracting(StepRecord::position)
                .isEqualTo(IntStream.rangeClosed(0, 1000).boxed().toList());
    }

    /** The history that came with the claim, and what the pages after it bring. */
    private List<StepRecord> withTheRest(ClaimedRun claimed) {
        List<StepRecord> all = new ArrayList<>(claimed.history());
        boolean complete = claimed.historyComplete();
        while (!complete) {
            int next = all.isEmpty() ? 0 : all.getLast().position() + 1;
            var page = storage().runs().history(claimed.claim().run(), next, 7);
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            all.addAll(page);
            complete = page.isEmpty();
        }
        return all;
    }

    private static NewMessage message(Claim target, ChannelName mailbox, Payload payload) {
        return new NewMessage(unique("uid"), mailbox, null, target.id(), null, Map.of(), payload);
    }

    private static long bytes(StepRecord record) {
        return record.body() == null ? 0 : record.body().data().length;
    }

    private static Payload megabyte(long seed) {
        byte[] data = new byte[MEGABYTE];
        new Random(seed).nextBytes(data);
        return new Payload("raw", data);
    }
}
