package io.romancy.postgres.notify;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A way to a database that a test can lay elsewhere. The driver's own would do if its URL could be changed while others connect. */
final class SwitchedDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private volatile PGSimpleDataSource target;

    SwitchedDataSource(PGSimpleDataSource target) {
        this.target = target;
    }

    void switchTo(PGSimpleDataSource other) {
        target = other;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return target.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return target.getConnection(user, password);
    }
}
