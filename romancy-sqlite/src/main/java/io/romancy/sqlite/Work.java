package io.romancy.sqlite;

import java.sql.SQLException;

/** What is done in one transaction, at one moment. */
@FunctionalInterface
interface Work<T> {
    T run(Tables tables, Moment moment) throws SQLException;
}
