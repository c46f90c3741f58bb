package io.romancy.testkit.memory;

import io.romancy.spi.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class MemoryUpkeep implements Upkeep {
    private final Session session;

    MemoryUpkeep(Session session) {
        this.session = session;
    }

    @Override
    public int purge(Duration retention, int limit) {
        return session.alone(tables -> {
            Instant before = tables.clock.now().minus(retention);
            List<RunRow> ended = tables.runs.all().stream()
                    .filter(run -> run.endedAt != null && run.endedAt.isBefore(before))
                    .limit(limit)
                    .toList();
            int records = 0;
            for (RunRow run : ended) {
                records += run.steps.size();
                tables.mail.close(run);
                tables.runs.remove(run);
            }
            return ended.size() + records + tables.mail.purge(before, limit);
        });
    }

    @Override
    public void advanceClock(Duration by) {
        session.alone(tables -> {
            tables.clock.advance(by);
            return by;
        });
    }
}
