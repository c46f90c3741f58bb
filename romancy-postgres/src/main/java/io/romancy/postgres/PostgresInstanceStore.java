package io.romancy.postgres;

import static io.romancy.postgres.jooq.Tables.RUN;
import static io.romancy.postgres.jooq.Tables.STEP;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;

/**
 * What can be asked without a claim: by any number of threads of the application, or by one of the engine, which asks for outcomes on behalf
 * of all who wait and must not wait for connections that they hold.
 */
final class PostgresInstanceStore implements InstanceStore {
    private static final int MAX_ROUTES = 1_000;

    /** What is rare and looked for: the column {@code astray} has their codes. */
    private static final Set<InstanceStatus> ASTRAY =
            Set.of(InstanceStatus.STUCK, InstanceStatus.FAILED, InstanceStatus.CANCELLED);

    /** One probe of the primary key for each row, unless it carries its last record itself. */
    private static final Field<Integer> LAST_KIND = coalesce(
            RUN.LAST_KIND,
            field(select(STEP.KIND)
                    .from(STEP)
                    .where(STEP.RUN.eq(RUN.NO))
                    .orderBy(STEP.POS.desc())
                    .limit(1)));

    private static final List<SelectFieldOrAsterisk> INFO = List.of(
            RUN.NO,
            RUN.ID,
            RUN.ROUTE,
            RUN.STATE,
            RUN.CANCEL,
            RUN.STARTED_AT,
            RUN.RUN_AT,
            RUN.ENDED_AT,
            RUN.WAITS,
            RUN.OWNER,
            LAST_KIND);

    /** The index is walked from one route to the next: runs of one route are many, routes are few. */
    private static final String ROUTES = """
            WITH RECURSIVE r AS (
              (SELECT route FROM {run} WHERE run_at IS NOT NULL ORDER BY route LIMIT 1)
              UNION ALL
              SELECT (SELECT n.route FROM {run} n WHERE n.run_at IS NOT NULL AND n.route > r.route ORDER BY n.route LIMIT 1)
              FROM r WHERE r.route IS NOT NULL)
            SELECT route FROM r WHERE route IS NOT NULL LIMIT ?
            """;

    private final Database anybody;
    private final Database engine;
    private final HotStatement routes;

    PostgresInstanceStore(Database anybody, Database engine) {
        this.anybody = anybody;
        this.engine = engine;
        this.routes = HotStatement.plain(engine.schema(), ROUTES);
    }

    @Override
    public Optional<InstanceInfo> find(String id) {
        return anybody.query(
                "Finding an instance",
                dsl -> dsl.select(INFO).from(RUN).where(RUN.ID.eq(id)).fetchOptional(PostgresInstanceStore::info));
    }

    @Override
    public List<InstanceInfo> list(InstanceQuery query) {
        return anybody.query("Listing instances", dsl -> listing(dsl, query).fetch(PostgresInstanceStore::info));
    }

    /** The statement, for whoever explains its plan. */
    static ResultQuery<Record> listing(DSLContext dsl, InstanceQuery query) {
        boolean areAstray = !query.statuses().isEmpty() && ASTRAY.containsAll(query.statuses());
        return dsl.select(INFO)
                .from(RUN)
                .where(areAstray ? RUN.NO.in(newestAstray(query)) : matches(query))
                .orderBy(RUN.NO.desc())
                .limit(query.limit());
    }

    /**
     * Numbers, as the index has them for each state: in an incident so many may have failed that nobody wants to sort them. It has them
     * negative, so that no other index has this order: the planner would take that of the numbers, and walk past all who completed since.
     */
    private static Select<Record1<Long>> newestAstray(InstanceQuery query) {
        return query.statuses().stream()
                .sorted()
                .<Select<Record1<Long>>>map(status -> select(RUN.NO)
                        .from(RUN)
                        .where(RUN.ASTRAY.eq((short) status.code()))
                        .and(RUN.NO.neg().gt(-query.beforeRun()))
                        .and(filters(query))
                        .orderBy(RUN.NO.neg())
                        .limit(query.limit()))
                .reduce(Select::unionAll)
                .orElseThrow();
    }

    @Override
    public List<Outcome> outcomes(Collection<String> ids) {
        var isOver = RUN.STATE.ge((short) InstanceStatus.STUCK.code());
        return engine.query(
                "Reading outcomes",
                dsl -> dsl.select(RUN.ID, RUN.STATE, when(isOver, RUN.OUTPUT))
                        .from(RUN)
                        .where(RUN.ID.eq(org.jooq.impl.DSL.any(ids.toArray(String[]::new))))
                        .fetch(row -> new Outcome(
                                row.value1(), InstanceStatus.ofCode(row.value2()), Cells.payload(row.value3()))));
    }

    @Override
    public Optional<Payload> input(String id) {
        return anybody.query(
                "Reading an input",
                dsl -> dsl.select(RUN.INPUT)
                        .from(RUN)
                        .where(RUN.ID.eq(id))
                        .fetchOptional(row -> Payload.ofBytes(row.value1())));
    }

    @Override
    public Set<Route> activeRoutes() {
        return engine.call(
                "Listing routes",
                connection -> routes.execute(connection, params -> params.number(MAX_ROUTES), rows -> {
                    Set<Route> found = new LinkedHashSet<>();
                    while (rows.next()) {
                        found.add(Route.parse(rows.getString(1)));
                    }
                    return found;
                }));
    }

    private static Condition matches(InstanceQuery query) {
        Condition condition = RUN.NO.lt(query.beforeRun()).and(filters(query));
        return query.statuses().isEmpty()
                ? condition
                : condition.and(RUN.STATE.in(query.statuses().stream()
                        .map(status -> (short) status.code())
                        .toList()));
    }

    private static Condition filters(InstanceQuery query) {
        Condition condition = noCondition();
        if (query.workflow() != null) {
            condition = condition.and(RUN.NAME.eq(query.workflow()));
        }
        Instant endedAfter = query.endedAfter();
        if (endedAfter != null) {
            condition = condition.and(RUN.ENDED_AT.ge(endedAfter.atOffset(ZoneOffset.UTC)));
        }
        return condition;
    }

    private static InstanceInfo info(Record row) {
        var status = InstanceStatus.ofCode(row.get(RUN.STATE));
        var owner = row.get(RUN.OWNER);
        return new InstanceInfo(
                row.get(RUN.ID),
                row.get(RUN.NO),
                Route.parse(row.get(RUN.ROUTE)),
                status,
                row.get(RUN.CANCEL),
                row.get(RUN.STARTED_AT).toInstant(),
                Times.instant(row.get(RUN.RUN_AT)),
                Times.instant(row.get(RUN.ENDED_AT)),
                status == InstanceStatus.WAITING ? channels(row.get(RUN.WAITS)) : Set.of(),
                owner == null ? null : new NodeId(owner),
                Objects.requireNonNullElse(row.get(LAST_KIND), 0));
    }

    private static Set<ChannelName> channels(String[] waits) {
        return Arrays.stream(waits).map(ChannelName::parse).collect(Collectors.toUnmodifiableSet());
    }
}
