package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.model.Claim;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retention of runs with long histories: however many of them are over, each statement deletes a bounded number of rows. */
class LongHistoriesTest extends RaceTest {
    private static final Route ROUTE = new Route("long", 1);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final int RECORDS = 9_000;

    private final List<Claim> runs = new ArrayList<>();

    @BeforeEach
    void beginRuns() {
        for (int i = 0; i < 5; i++) {
            runs.add(worker.born("r" + i, ROUTE));
        }
    }

    /** Listed ones are found by when they ended, others by their number. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesInPieces(boolean listed) throws Exception {
        if (listed) {
            storage.nodes().reap(100);
        }
        runs.forEach(run -> worker.commit(Actors.ending(run)));
        gate.execute("INSERT INTO romancy.step (run, fence, at, pos, kind, name) SELECT no, 1, now(), pos, 1, 'step'"
                + " FROM romancy.run, generate_series(1, " + RECORDS + ") pos");
        gate.open();
        storage.upkeep().advanceClock(RETENTION.plusHours(1));

        assertThat(storage.upkeep().purge(RETENTION, 500)).isGreaterThan(2 * RECORDS);
        assertThat(gate.number("SELECT count(*) FROM romancy.run")).isEqualTo(2);
        assertThat(gate.number("SELECT count(DISTINCT run) FROM romancy.step")).isEqualTo(2);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isEqualTo(2 * RECORDS);

        assertThat(storage.upkeep().purge(RETENTION, 500)).isGreaterThan(2 * RECORDS);
        assertThat(gate.number("SELECT count(*) FROM romancy.run")).isZero();
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isZero();
        assertThat(storage.upkeep().purge(RETENTION, 500)).isZero();
    }
}
