package io.romancy.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections whose statements may take as long as they like, as those of an application and of migrations, while the login may not: the
 * driver's thread would wait for ever, one for each attempt, for a server that accepts and says nothing.
 */
class PatientSource extends PGSimpleDataSource {
    private static final int FOR_EVER = 0;

    private boolean isLimitedByUrl;

    @Override
    public void setURL(String url) {
        isLimitedByUrl = url.contains("socketTimeout=");
        super.setURL(url);
    }

    /** The other method of this name comes here too. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        if (!isLimitedByUrl) {
            try {
                connection.setNetworkTimeout(Runnable::run, FOR_EVER);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }
}
