package io.romancy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the database was restored into another cluster. Stored transaction ids mean nothing there: every broadcast would be taken
 * for one that its subscribers have seen, and be skipped in silence.
 */
final class ClusterIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterIdentity.class);

    private final PostgresUrl url;
    private final Schema schema;

    ClusterIdentity(PostgresUrl url, Schema schema) {
        this.url = url;
        this.schema = schema;
    }

    /** One query if nothing changed, which is always. */
    void check(SchemaVersion version) {
        try (Connection connection = url.toDataSource().getConnection()) {
            Long here = identifier(connection);
            if (!here.equals(version.cluster())) {
                adopt(connection, here);
            }
        } catch (SQLException e) {
            if (SqlFailure.isForbidden(e)) {
                LOG.info(
                        "This role may not execute pg_control_system(), so a restore into another cluster goes unnoticed:"
                                + " grant it, or restore only while nobody is subscribed");
                return;
            }
            throw SqlFailure.of("Checking whether the database was restored elsewhere", e);
        }
    }

    /** Races with other workers that start now; the row of {@code meta} decides, and whoever comes second finds it done. */
    private void adopt(Connection connection, long here) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            ResultSet meta =
                    statement.executeQuery(schema.sql("SELECT system_identifier FROM {meta} WHERE one FOR UPDATE"));
            meta.next();
            Long before = meta.getObject(1, Long.class);
            if (before == null || before != here) {
                statement.executeUpdate(schema.sql("UPDATE {meta} SET system_identifier = " + here));
                if (before != null) {
                    restart(statement);
                }
            }
            connection.commit();
        }
    }

    /**
     * Every message that is on its way gets the id of this transaction, and no subscription has seen that, nor what transactions that
     * are open now may still publish. The current snapshot as it is would not do: it counts its own transaction as seen if one that began
     * later has ended.
     */
    private void restart(Statement statement) throws SQLException {
        int subscriptions = statement.executeUpdate(schema.sql("""
                UPDATE {sub} SET since = (
                  SELECT format('%s:%s:%s', pg_snapshot_xmin(s), least(pg_snapshot_xmax(s), me),
                           (SELECT string_agg(x::text, ',' ORDER BY x) FROM pg_snapshot_xip(s) x WHERE x < me))::pg_snapshot
                  FROM (SELECT pg_current_snapshot() AS s, pg_current_xact_id() AS me) here)"""));
        int messages = statement.executeUpdate(schema.sql("""
                UPDATE {msg} m SET xid = pg_current_xact_id()
                WHERE seq IS NULL OR EXISTS (SELECT FROM {delivery} WHERE msg = m.id)"""));
        LOG.warn(
                "The database was restored into another PostgreSQL cluster; subscriptions begin anew there schema={}"
                        + " subscriptions={} messages={}",
                schema.name(),
                subscriptions,
                messages);
    }

    private static Long identifier(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            row.next();
            return row.getLong(1);
        }
    }
}
