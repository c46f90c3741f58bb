package io.romancy.sqlite;

import java.sql.SQLException;

/** {@code romancy_meta}: what the file says of itself. */
final class MetaTable {
    private static final String ADVANCE = "UPDATE romancy_meta SET skew = skew + ?";

    private final Session session;

    MetaTable(Session session) {
        this.session = session;
    }

    void advance(long micros) throws SQLException {
        session.update(ADVANCE, micros);
    }
}
