package io.romancy.micronaut;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A datasource on SQLite whose connections can be told to read only while they are open. */
record SqliteDataSource(DataSource target) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
        return switchable(target.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return switchable(target.getConnection(user, password));
    }

    private static Connection switchable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                SqliteDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new SwitchableConnection(connection));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(target) || target.isWrapperFor(type);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        target.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }
}
