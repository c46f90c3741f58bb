package io.romancy.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Looks for something that may not be there, on one state of the database. */
@FunctionalInterface
interface Lookup<T> {
    @Nullable
    T find(Tables tables, Moment moment) throws SQLException;
}
