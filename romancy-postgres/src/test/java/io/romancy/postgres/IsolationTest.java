package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of items whose look for duplicates finds none, and whose write meets one all the same. */
@PostgresTest
class IsolationTest {
    private static final int ITEMS = 5;

    private final List<CommitResult> answers = new ArrayList<>();

    /**
     * Writes some items. The first is a duplicate, which the next look finds only after so many careful writes of it alone; returns how
     * many of those there were.
     */
    private int loneWrites(PostgresDatabase database, int races) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.url());
        int[] writes = {0};
        List<Item<Integer>> all = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            all.add(new Item<>(i, answers::add));
        }
        new Isolation<Integer>(new Database(source, new Schema("romancy")), "Testing", (connection, some, careful) -> {
                    boolean isMet = some.stream().anyMatch(item -> item.commit() == 0);
                    writes[0] += isMet && careful && some.size() == 1 ? 1 : 0;
                    if (isMet && (!careful || some.size() > 1 || writes[0] <= races)) {
                        throw new SQLException("a duplicate, on purpose", "23505");
                    }
                    some.forEach(item -> item.answer(new CommitResult.Accepted(Instant.EPOCH)));
                })
                .run(all);
        return writes[0];
    }

    @Test
    void somebodyWhoComesBetweenTheLookAndTheWriteIsFoundByTheNextLook(PostgresDatabase database) {
        assertThat(loneWrites(database, 2)).isEqualTo(3);

        assertThat(answers).hasSize(ITEMS).hasOnlyElementsOfType(CommitResult.Accepted.class);
    }

    @Test
    void aDuplicateThatNoLookFindsIsTheItemsErrorAndNobodyElses(PostgresDatabase database) {
        assertThat(loneWrites(database, Integer.MAX_VALUE)).isEqualTo(4);

        assertThat(answers).hasSize(ITEMS);
        assertThat(answers.stream().filter(CommitResult.Accepted.class::isInstance))
                .hasSize(ITEMS - 1);
        assertThat(answers.stream().filter(CommitResult.Refused.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.STORAGE_REFUSED));
    }
}
