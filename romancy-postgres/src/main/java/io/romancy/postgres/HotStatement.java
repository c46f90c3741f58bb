package io.romancy.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose plan must not depend on how large the tables were when it was first prepared: rendered once, prepared by the server
 * for each connection, and sent together with settings that hold for this one execution.
 *
 * <p>The settings travel in the same round trip and end with it, so a pooler that gives the session to somebody else gives nothing of
 * ours away. They are:
 *
 * <ul>
 *   <li>{@code enable_seqscan = off}: a plan made while a table had one page would read it whole, and stay in use while it grows.
 *   <li>{@code enable_bitmapscan = off}: a row that is reached by {@code BETWEEN x AND x} is one row, which the planner cannot know; a
 *       bitmap for each of them cost a tenth of a commit.
 *   <li>{@code enable_memoize = off}: a memory of rows that were looked up is laid out when a statement starts, for as many as the planner
 *       expects. For statements that look up one or a few it took longer than all the rest.
 *   <li>{@code jit = off}: the statements are short, compiling them is not.
 *   <li>{@code plan_cache_mode = force_generic_plan}: these plans depend on no parameter, so they are made once for a connection, and
 *       not anew for each of the first executions.
 *   <li>{@code lock_timeout}: a batch does not wait long for one busy row of many.
 * </ul>
 */
final class HotStatement {
    private static final String SETTINGS =
            "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),"
                    + " set_config('enable_memoize', 'off', true), set_config('jit', 'off', true),"
                    + " set_config('plan_cache_mode', 'force_generic_plan', true)";

    /** How long whoever writes waits for a lock: {@code lock_timeout}. */
    static final String LOCK_TIMEOUT = "200ms";

    private static final String PATIENCE = ", set_config('lock_timeout', '" + LOCK_TIMEOUT + "', true)";
    private static final String HASTE = ", set_config('lock_timeout', '5ms', true)";

    private static final String NEXT = ";\n";

    private final String text;
    private final boolean withSettings;

    private HotStatement(String text, boolean withSettings) {
        this.text = text;
        this.withSettings = withSettings;
    }

    /** One that waits for a locked row, but not for long. Several go together, in one round trip and one transaction. */
    static HotStatement impatient(Schema schema, String... templates) {
        return new HotStatement(SETTINGS + PATIENCE + NEXT + rendered(schema, templates), true);
    }

    /** One that hardly waits: for a batch that waited before, and now looks for whom to leave out. Several as above. */
    static HotStatement hasty(Schema schema, String... templates) {
        return new HotStatement(SETTINGS + HASTE + NEXT + rendered(schema, templates), true);
    }

    /** One that waits for no lock; several as above. */
    static HotStatement plain(Schema schema, String... templates) {
        return new HotStatement(SETTINGS + NEXT + rendered(schema, templates), true);
    }

    /** One that brings no settings: in a transaction of the application, which has its own, or of tables that stay tiny. */
    static HotStatement bare(Schema schema, String template) {
        return new HotStatement(rendered(schema, template), false);
    }

    private static String rendered(Schema schema, String... templates) {
        return Arrays.stream(templates)
                .map(template -> schema.sql(template).strip())
                .collect(Collectors.joining(NEXT));
    }

    /** Executes the statement and hands over its rows. */
    <T extends @Nullable Object> T execute(Connection connection, Binding binding, Reading<T> reading)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            binding.bind(new Params(statement));
            statement.execute();
            if (withSettings) {
                statement.getMoreResults();
            }
            return reading.read(statement.getResultSet());
        }
    }

    /** Executes a text of several statements, in one round trip and one transaction, and hands over the rows of each. */
    void executeAll(Connection connection, Binding binding, Reading<?>... readings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            binding.bind(new Params(statement));
            statement.execute();
            for (Reading<?> reading : readings) {
                statement.getMoreResults();
                reading.read(statement.getResultSet());
            }
        }
    }

    /** The whole text, for whoever explains its plan. */
    String text() {
        return text;
    }

    /** Sets the parameters. */
    @FunctionalInterface
    interface Binding {
        void bind(Params params) throws SQLException;
    }

    /** Reads the rows. */
    @FunctionalInterface
    interface Reading<T extends @Nullable Object> {
        T read(ResultSet rows) throws SQLException;
    }
}
