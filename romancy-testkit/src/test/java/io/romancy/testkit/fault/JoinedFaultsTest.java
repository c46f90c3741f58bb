package io.romancy.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that join a transaction pass the same places as others, and end with their process. */
@Timeout(60)
class JoinedFaultsTest {
    private static final Route ROUTE = new Route("w", 1);

    private final Faults faults = Faults.create();
    private final String url = "romancy:memory:joined-" + UUID.randomUUID();
    private final Storage past = open(url);
    private final Storage storage = open(faults.url(url));
    private final Claim claim = claim();
    private final List<String> seen = new ArrayList<>();

    private static Storage open(String url) {
        StorageSettings settings = StorageSettings.of(url);
        return StorageProviders.forSettings(settings).open(settings, new StorageContext("test", "romancy_"));
    }

    @AfterEach
    void close() {
        faults.bury();
        faults.close();
        storage.close();
        past.close();
    }

    private Claim claim() {
        var node = new NodeId(UUID.randomUUID());
        storage.nodes().join(node, "test", Duration.ofMinutes(10));
        var instance = new NewInstance("a", ROUTE, new Payload("text", new byte[0]), "hash", null);
        storage.runs().commit(List.of(new Commit.Start(instance)));
        return storage.runs()
                .claim(new ClaimRequest(node, List.of(ROUTE), 1))
                .runs()
                .getFirst()
                .claim();
    }

    private List<Commit> step() {
        var step = new StepRecord(0, 1, "charge", new Payload("text", new byte[0]), Instant.EPOCH);
        return List.of(new Commit.OfRun(claim, List.of(new Change.Append(step)), null));
    }

    private void watch(Runnable before, Runnable after) {
        faults.watch(new SendWatch() {
            @Override
            public void committing(List<Commit> batch) {
                seen.add("before");
                before.run();
            }

            @Override
            public void committed(List<Commit> batch) {
                seen.add("after");
                after.run();
            }
        });
    }

    private Object write() throws Exception {
        return storage.inTransaction(transaction -> storage.runs().commit(transaction, step()));
    }

    private List<StepRecord> written() {
        return past.runs().history(claim.run(), 0, 10);
    }

    @Test
    void theWatchSeesThemBeforeTheyAreWrittenAndAfterTheCommit() throws Exception {
        watch(() -> {}, () -> assertThat(written()).hasSize(1));

        storage.inTransaction(transaction -> {
            var answers = storage.runs().commit(transaction, step());
            assertThat(seen).containsExactly("before");
            return answers;
        });

        assertThat(seen).containsExactly("before", "after");
    }

    @Test
    void whatIsRolledBackWasNeverCommitted() throws Exception {
        watch(() -> {}, () -> {});

        storage.inTransaction(transaction -> {
            transaction.rollbackOnly();
            return storage.runs().commit(transaction, step());
        });

        assertThat(seen).containsExactly("before");
    }

    @Test
    void whoDiesBeforeItLeavesNothing() {
        watch(faults::kill, () -> {});

        assertThatThrownBy(this::write)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("The engine was killed on purpose");

        assertThat(written()).isEmpty();
    }

    @Test
    void whoDiesAfterItHasWrittenIt() {
        watch(() -> {}, faults::kill);

        assertThatThrownBy(this::write).hasMessageContaining("The engine was killed on purpose");

        assertThat(written()).hasSize(1);
    }

    @Test
    void aThreadOfTheDeadStandsStillWithoutItsTransaction() throws Exception {
        watch(faults::kill, () -> {});
        var done = new CompletableFuture<Object>();
        Thread.ofVirtual().name("romancy-run-a").start(() -> {
            try {
                done.complete(write());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });

        assertThat(past.<Object>inTransaction(transaction -> past.runs().commit(transaction, step())))
                .asString()
                .contains("Taken");
        assertThatThrownBy(() -> done.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        faults.bury();
        assertThatThrownBy(() -> done.get(30, TimeUnit.SECONDS)).hasMessageContaining("was killed on purpose");
    }
}
