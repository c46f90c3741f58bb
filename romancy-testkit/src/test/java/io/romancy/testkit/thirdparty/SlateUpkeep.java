package io.romancy.testkit.thirdparty;

import io.romancy.spi.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class SlateUpkeep implements Upkeep {
    private final SlateStorage storage;

    SlateUpkeep(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public int purge(Duration retention, int limit) {
        return storage.write(content -> {
            Instant before = content.now().minus(retention);
            List<Run> old = content.runs.values().stream()
                    .filter(run -> run.endedAt != null && run.endedAt.isBefore(before))
                    .limit(limit)
                    .toList();
            int records = 0;
            for (Run run : old) {
                records += run.steps.size();
                Mail.close(content, content.edit(run.number));
                content.runs.remove(run.number);
                content.ids.remove(run.start.id());
            }
            return old.size() + records + Mail.purge(content, before, limit);
        });
    }

    @Override
    public void advanceClock(Duration by) {
        storage.write(content -> {
            content.advance(by);
            return by;
        });
    }
}
