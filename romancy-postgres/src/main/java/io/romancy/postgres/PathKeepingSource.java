package io.romancy.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections for Flyway, on which it cannot change the {@code search_path} of the session. It puts the schema there at the beginning and
 * takes it away at the end; behind a pooler that shares sessions between transactions the end may meet another session, and whoever
 * gets the first one next would find tables of ours under the names of his own. Nobody needs the path: our files name the schema, and so
 * does Flyway where it means its history.
 */
final class PathKeepingSource extends PGSimpleDataSource {
    private static final String FOR_THE_SESSION = "set_config('search_path', ?, false)";

    /** Outside a transaction that is: for this statement. */
    private static final String FOR_THE_TRANSACTION = "set_config('search_path', ?, true)";

    /** The other method of this name comes here too. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return new PathKeepingConnection(super.getConnection(user, password));
    }

    private static final class PathKeepingConnection extends DefaultConnection {
        PathKeepingConnection(Connection connection) {
            super(connection);
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return super.prepareStatement(sql.replace(FOR_THE_SESSION, FOR_THE_TRANSACTION));
        }
    }
}
