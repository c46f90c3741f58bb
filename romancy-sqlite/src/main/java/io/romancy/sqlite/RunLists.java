package io.romancy.sqlite;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of {@code romancy_run} and {@code romancy_run_body} from outside, for handles and consoles. */
final class RunLists {
    private static final int MAX_ROUTES = 1000;
    private static final Set<InstanceStatus> ASTRAY =
            Set.of(InstanceStatus.STUCK, InstanceStatus.FAILED, InstanceStatus.CANCELLED);

    private static final String INFO = """
            SELECT no, id, route, state, cancel, started_at, run_at, ended_at, waits, owner,
                (SELECT kind FROM romancy_step WHERE run = no ORDER BY pos DESC LIMIT 1) FROM romancy_run
            """;
    private static final String BY_ID = INFO + "WHERE id = ?";
    private static final String OUTCOMES = """
            SELECT r.id, r.state, b.output FROM romancy_run r JOIN romancy_run_body b ON b.run = r.no WHERE r.id IN
            """;
    private static final String INPUT = """
            SELECT b.input FROM romancy_run r JOIN romancy_run_body b ON b.run = r.no WHERE r.id = ?
            """;
    // Steps from one route to the next in the index: the price is that of the routes, not of the rows.
    private static final String ACTIVE_ROUTES = """
            WITH RECURSIVE active (route) AS (
                SELECT min(route) FROM romancy_run WHERE run_at IS NOT NULL
                UNION ALL
                SELECT (SELECT min(r.route) FROM romancy_run r WHERE r.run_at IS NOT NULL AND r.route > active.route)
                FROM active WHERE active.route IS NOT NULL)
            SELECT route FROM active WHERE route IS NOT NULL LIMIT ?
            """;

    private final Session session;

    RunLists(Session session) {
        this.session = session;
    }

    @Nullable
    InstanceInfo find(String id) throws SQLException {
        return session.first(BY_ID, RunLists::info, id);
    }

    List<InstanceInfo> list(InstanceQuery query) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        String sql = INFO + "WHERE no < ? " + filters(query, arguments) + "ORDER BY no DESC LIMIT ?";
        arguments.addFirst(query.beforeRun());
        arguments.add(query.limit());
        return session.list(sql, RunLists::info, arguments.toArray());
    }

    /** The text depends on which filters there are, never on their values. */
    private static String filters(InstanceQuery query, List<Object> arguments) {
        StringBuilder sql = new StringBuilder();
        if (query.workflow() != null) {
            sql.append("AND workflow = ? ");
            arguments.add(query.workflow());
        }
        if (!query.statuses().isEmpty()) {
            var codes = query.statuses().stream().map(InstanceStatus::code).toList();
            sql.append("AND state IN (").append(Placeholders.of(codes)).append(") ");
            arguments.addAll(Placeholders.fill(codes));
            // Says the same again in the words of an index, of the few that live or of the few that did not complete.
            if (query.statuses().stream().noneMatch(InstanceStatus::isFinal)) {
                sql.append("AND ended_at IS NULL ");
            } else if (ASTRAY.containsAll(query.statuses())) {
                sql.append("AND state IN (3, 5, 6) ");
            }
        }
        if (query.endedAfter() != null) {
            sql.append("AND ended_at >= ? ");
            arguments.add(Micros.of(query.endedAfter()));
        }
        return sql.toString();
    }

    List<Outcome> outcomes(Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Set<String> distinct = new HashSet<>(ids);
        return session.list(
                OUTCOMES + "(" + Placeholders.of(distinct) + ")",
                RunLists::outcome,
                Placeholders.fill(distinct).toArray());
    }

    @Nullable
    Payload input(String id) throws SQLException {
        return session.first(INPUT, row -> Payload.ofBytes(row.getBytes(1)), id);
    }

    Set<Route> activeRoutes() throws SQLException {
        return Set.copyOf(session.list(ACTIVE_ROUTES, row -> Route.parse(row.getString(1)), MAX_ROUTES));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        byte[] output = row.getBytes(3);
        return new Outcome(
                row.getString(1),
                InstanceStatus.ofCode(row.getInt(2)),
                output == null ? null : Payload.ofBytes(output));
    }

    private static InstanceInfo info(ResultSet row) throws SQLException {
        InstanceStatus status = InstanceStatus.ofCode(row.getInt(4));
        String owner = row.getString(10);
        return new InstanceInfo(
                row.getString(2),
                row.getLong(1),
                Route.parse(row.getString(3)),
                status,
                row.getString(5),
                Micros.instant(row.getLong(6)),
                instant(row, 7),
                instant(row, 8),
                status == InstanceStatus.WAITING ? channels(row.getString(9)) : Set.of(),
                owner == null ? null : new NodeId(UUID.fromString(owner)),
                row.getInt(11));
    }

    private static Set<ChannelName> channels(@Nullable String waits) {
        return Lines.split(waits).stream().map(ChannelName::parse).collect(Collectors.toSet());
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Long micros = Session.nullableLong(row, column);
        return micros == null ? null : Micros.instant(micros);
    }
}
