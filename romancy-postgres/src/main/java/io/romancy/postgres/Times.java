package io.romancy.postgres;

import static io.romancy.postgres.jooq.Tables.META;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Times in the DSL. */
final class Times {
    private Times() {}

    /** The time by which rows become due. */
    static Field<OffsetDateTime> clock() {
        return field(select(field("now() + {0}", SQLDataType.TIMESTAMPWITHTIMEZONE, META.SKEW))
                .from(META)
                .where(META.ONE));
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
