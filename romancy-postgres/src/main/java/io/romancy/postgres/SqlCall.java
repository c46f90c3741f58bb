package io.romancy.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with a connection while it is borrowed. */
@FunctionalInterface
interface SqlCall<T extends @Nullable Object> {
    T with(Connection connection) throws SQLException;
}
