package io.romancy.postgres;

import static io.romancy.postgres.jooq.Tables.META;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The database's two clocks in the DSL: the one that tests move, for everything that is due, and the one of leases. */
final class Times {
    private Times() {}

    /** The time by which rows become due. */
    static Field<OffsetDateTime> clock() {
        return field(select(field("now() + {0}", SQLDataType.TIMESTAMPWITHTIMEZONE, META.SKEW))
                .from(META)
                .where(META.ONE));
    }

    /** The time of leases, which nobody moves. */
    static Field<OffsetDateTime> now() {
        return field("now()", SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    /** A time so much later. */
    static Field<OffsetDateTime> plus(Field<OffsetDateTime> time, Duration span) {
        return field(
                "{0} + {1} * interval '1 microsecond'",
                SQLDataType.TIMESTAMPWITHTIMEZONE, time, inline(Cells.micros(span)));
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
