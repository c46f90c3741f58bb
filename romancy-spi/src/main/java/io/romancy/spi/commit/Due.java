package io.romancy.spi.commit;

import java.time.Duration;
import java.time.Instant;

/** When a waiting run can go on by itself. Only the database's clock decides, so a span is added to its time, not to the caller's. */
public sealed interface Due {
    /** After this span, counted from the database's time of the commit. */
    record In(Duration span) implements Due {}

    /** At this time by the database's clock, also if it is past. */
    record At(Instant time) implements Due {}
}
