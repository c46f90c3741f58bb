package io.romancy.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultConnection;

/**
 * Connections for migrations, most of them Flyway's.
 *
 * <p>It cannot change the {@code search_path} of a session on them. It puts the schema there at the beginning and takes it away at the end;
 * behind a pooler that shares sessions between transactions the end may meet another session, and whoever gets the first one next would
 * find tables of ours under the names of his own. Nobody needs the path: our files name the schema, and so does Flyway where it means its
 * history.
 *
 * <p>Nor does the server end them for an idle transaction: those that hold a lock do nothing else while another connection migrates.
 */
final class MigrationSource extends PatientSource {
    private static final String FOR_THE_SESSION = "set_config('search_path', ?, false)";

    /** Outside a transaction that is: for this statement. */
    private static final String FOR_THE_TRANSACTION = "set_config('search_path', ?, true)";

    /** The second setting is there from PostgreSQL 17 on. */
    private static final String MAY_BE_IDLE = "SELECT set_config(name, '0', true) FROM pg_settings"
            + " WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')";

    /** The other method of this name comes here too. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return new MigrationConnection(super.getConnection(user, password));
    }

    private static final class MigrationConnection extends DefaultConnection {
        MigrationConnection(Connection connection) {
            super(connection);
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return super.prepareStatement(sql.replace(FOR_THE_SESSION, FOR_THE_TRANSACTION));
        }

        @Override
        public void setAutoCommit(boolean autoCommit) throws SQLException {
            super.setAutoCommit(autoCommit);
            if (!autoCommit) {
                try (var statement = createStatement()) {
                    statement.execute(MAY_BE_IDLE);
                }
            }
        }
    }
}
