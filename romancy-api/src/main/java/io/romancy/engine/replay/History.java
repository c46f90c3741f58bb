package io.romancy.engine.replay;

import io.romancy.spi.model.StepRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a run, read forward once. The first ones came with the claim; the rest is fetched page by page while the replay goes
 * on, so that a run of ten thousand steps holds one page in memory.
 */
final class History {
    static final int PAGE = 1000;

    /** Reads up to {@code limit} records from a position on, fewer if they are large; none only if there is none. */
    interface Pages {
        List<StepRecord> read(int fromPosition, int limit);
    }

    private final Pages pages;
    private List<StepRecord> page;
    private boolean last;
    private int next;

    History(List<StepRecord> first, boolean complete, Pages pages) {
        this.page = first;
        this.last = complete;
        this.pages = pages;
    }

    /** The record of this position, if it was written before. Positions are asked for in order; an older one is never asked for again. */
    @Nullable
    StepRecord at(int position) {
        while (true) {
            while (next < page.size() && page.get(next).position() < position) {
                next++;
            }
            if (next < page.size()) {
                StepRecord found = page.get(next);
                return found.position() == position ? found : null;
            }
            if (last) {
                page = List.of();
                next = 0;
                return null;
            }
            page = pages.read(position, PAGE);
            last = page.isEmpty();
            next = 0;
        }
    }

    /** The first record that the replay has not come to, if there is one at or after this position. */
    @Nullable
    StepRecord leftOver(int position) {
        StepRecord here = at(position);
        return here != null || next >= page.size() ? here : page.get(next);
    }
}
