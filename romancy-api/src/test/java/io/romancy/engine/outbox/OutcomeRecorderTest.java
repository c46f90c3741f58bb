package io.romancy.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.OutboxStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of outcomes that a storage does not take. */
class OutcomeRecorderTest {
    private final LogCapture log = new LogCapture(OutcomeRecorder.class.getName());
    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final Set<String> bad = new HashSet<>();
    private final List<String> recorded = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private boolean isAway;
    private NodeId node = new NodeId(UUID.randomUUID());
    private final OutcomeRecorder recorder = new OutcomeRecorder(
            environment,
            store(),
            new Lease(),
            this::heardOf,
            one -> refused.add(one.outcome().head().event().id()));

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void oneThatIsRefusedHoldsUpNothingButItself() {
        bad.add("b");
        settle("a", "b", "c");
        steps(3);

        assertThat(done).containsExactly("a", "c").isEqualTo(recorded);
        settle("d");
        steps(3);
        assertThat(done).containsExactly("a", "c", "d").isEqualTo(recorded);
        assertThat(log.lines()).singleElement().asString().startsWith("WARN").contains("'b'");
    }

    @Test
    void oneThatWasRefusedIsRecordedWhenItIsTaken() {
        bad.add("b");
        settle("a", "b");
        steps(3);
        pass();
        assertThat(done).containsExactly("a");

        bad.clear();
        pass();

        assertThat(done).containsExactly("a", "b").isEqualTo(recorded);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void eachRefusalIsToldOnceAndManyAreOneLine() {
        bad.addAll(Set.of("a", "b", "c"));
        settle("a", "b", "c");
        steps(3);

        pass();

        assertThat(refused).containsExactly("a", "b", "c");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void oneThatIsRefusedIsGivenUpWithItsLease() {
        bad.add("b");
        settle("b");
        steps(3);
        node = new NodeId(UUID.randomUUID());

        pass();

        assertThat(done).containsExactly("b");
        assertThat(recorded).isEmpty();
    }

    @Test
    void whatADatabaseThatIsAwayDoesNotTakeStaysTogether() {
        isAway = true;
        settle("a", "b");
        assertThat(recorder.step()).isPositive();
        assertThat(done).isEmpty();

        isAway = false;
        steps(1);

        assertThat(done).containsExactly("a", "b").isEqualTo(recorded);
    }

    private void pass() {
        environment.pass(Duration.ofMinutes(2));
        steps(3);
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            recorder.step();
        }
    }

    private void settle(String... ids) {
        for (String id : ids) {
            var event = new OutboxRecord(id, "t", null, Map.of(), new Payload("json", new byte[0]), Instant.EPOCH, 1);
            recorder.add(new Settled(node, new OutboxOutcome.Sent(new OutboxHead(0, 1, 1, Duration.ZERO, event))));
        }
    }

    private void heardOf(List<Settled> settled) {
        settled.forEach(one -> done.add(one.outcome().head().event().id()));
    }

    /** Of its verbs the recorder knows one. */
    private OutboxStore store() {
        return (OutboxStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OutboxStore.class},
                (proxy, verb, given) -> record(((List<?>) given[1])
                        .stream()
                                .map(OutboxOutcome.class::cast)
                                .map(outcome -> outcome.head().event().id())
                                .toList()));
    }

    private int record(List<String> ids) {
        if (isAway || ids.stream().anyMatch(bad::contains)) {
            throw new StorageException(ErrorCode.STORAGE_REFUSED, "no", null, isAway);
        }
        recorded.addAll(ids);
        return ids.size();
    }

    private final class Lease implements RelayLease {
        @Override
        public NodeId node() {
            return node;
        }

        @Override
        public Duration margin() {
            return Duration.ofSeconds(1);
        }
    }
}
