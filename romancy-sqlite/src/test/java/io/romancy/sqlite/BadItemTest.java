package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ClaimedRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One commit of a batch that SQLite itself does not take. */
class BadItemTest {
    @TempDir
    Path folder;

    @Test
    void harmsOnlyItselfAndLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("bad.db");
        try (Storage storage = TestFiles.open(file)) {
            storage.runs().commit(List.of(Samples.start("a"), Samples.start("b"), Samples.start("c")));
            List<ClaimedRun> runs = Samples.claim(storage, Samples.join(storage), 3);
            // What no check of ours foresees: the database refuses a row of the second.
            TestFiles.execute(
                    file,
                    "CREATE TRIGGER strict_step BEFORE INSERT ON romancy_step WHEN NEW.name = 'bad' "
                            + "BEGIN SELECT RAISE(ABORT, 'not this one'); END");

            List<CommitResult> results = storage.runs()
                    .commit(List.of(
                            Samples.step(runs.get(0).claim(), 0),
                            new Commit.OfRun(
                                    runs.get(1).claim(),
                                    List.of(Samples.append(0, "good"), Samples.append(1, "bad")),
                                    null),
                            Samples.step(runs.get(2).claim(), 0)));

            assertThat(results.get(0)).isInstanceOf(CommitResult.Taken.class);
            assertThat(results.get(1))
                    .asInstanceOf(type(CommitResult.Refused.class))
                    .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.STORAGE_REFUSED))
                    .satisfies(refused -> assertThat(refused.error()).hasMessageContaining("not this one"));
            assertThat(results.get(2)).isInstanceOf(CommitResult.Taken.class);
            assertThat(runs).extracting(run -> historySize(storage, run)).containsExactly(1, 0, 1);
        }
    }

    private static int historySize(Storage storage, ClaimedRun run) {
        return storage.runs().history(run.claim().run(), 0, 10).size();
    }
}
