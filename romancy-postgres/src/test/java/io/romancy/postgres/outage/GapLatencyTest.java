package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowType;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How soon the work of a gap goes on when a listener's session was terminated, with every time of the listener as in production. */
class GapLatencyTest extends Scenario {
    /** A machine that is busy with something else may be late now and then; most of the tries show what the listener does. */
    private static final int TRIES = 5;

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final WorkflowType<String, String> type = texts();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.TRUE, true);
    }

    @AfterEach
    void drop() {
        closeWorkers();
        leaveDatabase();
        database.close();
    }

    @Test
    void whatIsPublishedInTheGapResumesInUnderASecond() {
        var client = client();
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            // A new one each time: whoever lost its connection a moment ago waits longer before the next attempt.
            var worker = worker(options -> neverPolls(options).workflow(type, (ctx, input) -> input));
            worker.events().await(source(SourceState.LIVE));

            assertThat(database.terminate("romancy listen " + worker.name())).isEqualTo(1);
            long begin = System.nanoTime();
            var handle = client.romancy().start(type, "in the gap");
            worker.events().await(claimed(handle.id()));
            // A sweep of its beginning may have found it: a try counts only with the time that the listener took to
            // come back.
            await("listening again", () -> worker.events().count(source(SourceState.PROBING)) > 1);
            times.add(Duration.ofNanos(System.nanoTime() - begin));

            assertThat(result(handle)).isEqualTo("in the gap");
            worker.close();
        }

        assertThat(times.stream().sorted().toList().get(TRIES / 2))
                .as("the median of %s", times)
                .isLessThan(Duration.ofSeconds(1));
    }
}
