package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ids that an open transaction of the application has started: nobody can pass them by, and they hold up nobody else for long. */
class HeldIdsTest extends RaceTest {
    private static final Route ROUTE = new Route("held", 1);
    private static final int BATCH = 512;
    private static final int HELD = 16;

    private static Commit.Start start(String id) {
        return new Commit.Start(new NewInstance(id, ROUTE, Actors.payload("input"), "hash", null));
    }

    private static List<Commit> starts(int count, String prefix) {
        return IntStream.range(0, count)
                .<Commit>mapToObj(i -> start(prefix + i))
                .toList();
    }

    @Test
    void aBatchWithSomeOfThemIsAnsweredSoonAndTheOthersAreStartedWithinAFewRounds() throws Exception {
        var inside = new CountDownLatch(1);
        var enough = new CountDownLatch(1);
        Future<Boolean> holder = inBackground(() -> storage.inTransaction(transaction -> {
            storage.runs().commit(transaction, starts(HELD, "held"));
            inside.countDown();
            enough.await();
            return true;
        }));
        inside.await();
        List<Commit> open = new ArrayList<>(starts(BATCH - HELD, "free"));
        for (int i = 0; i < HELD; i++) {
            open.add(i * (BATCH / HELD), start("held" + i));
        }

        int rounds = 0;
        while (open.size() > HELD) {
            assertThat(rounds++).as("rounds, with %s left", open.size()).isLessThan(60);
            long begin = System.nanoTime();
            open = busy(open, storage.runs().commit(open));
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("half a second of patience, and what a busy machine adds")
                    .isLessThan(Duration.ofSeconds(10));
        }
        enough.countDown();
        holder.get();

        assertThat(storage.runs().commit(open)).hasOnlyElementsOfType(CommitResult.Existing.class);
    }

    private static List<Commit> busy(List<Commit> batch, List<CommitResult> answers) {
        List<Commit> busy = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (answers.get(i) instanceof CommitResult.Refused refused) {
                assertThat(refused.error().code()).isEqualTo(ErrorCode.STORAGE_BUSY);
                busy.add(batch.get(i));
            }
        }
        return busy;
    }

    @Test
    void aRetryOfAnInstanceThatSomebodyHoldsIsRefusedForNowAndHoldsUpNobody() throws Exception {
        worker.born("busy", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'busy' FOR NO KEY UPDATE");

        var answers = storage.runs().commit(List.of(start("other"), new Commit.Retry("busy", 1, "key")));

        assertThat(answers.getFirst()).isInstanceOf(CommitResult.Accepted.class);
        assertThat(answers.getLast())
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.STORAGE_BUSY));
        gate.open();
    }
}
