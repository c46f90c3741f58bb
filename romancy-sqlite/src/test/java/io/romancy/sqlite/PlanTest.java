package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Portion;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.TopicMode;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How SQLite finds its rows, in a file that has grown: by index, for every statement that there is. */
class PlanTest {
    private static final NodeId NODE = new NodeId(UUID.randomUUID());

    /** Tables of a few rows, lists that come out of an index anyway, and indexes that hold only the rows that are wanted. */
    private static final Pattern MAY_BE_SCANNED = Pattern.compile(
            "SCAN (romancy_meta|romancy_node|romancy_outbox_lane|sqlite_sequence|active"
                    + "|CONSTANT ROW|\\(subquery-\\d+\\)|\\w+ USING (COVERING )?INDEX romancy_(msg_new|run_owned|outbox_head))");

    @TempDir
    Path folder;

    private final Set<String> texts = new LinkedHashSet<>();
    private Connection connection;
    private Tables tables;
    private Moment moment;

    @BeforeEach
    void grow() throws SQLException {
        Path file = folder.resolve("grown.db");
        TestFiles.open(file).close();
        TestFiles.execute(
                file,
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO romancy_run (id, workflow, route, start_hash, state, run_at, fence, wake, owner, started_at, ended_at)
                SELECT 'run-' || i, 'w' || (i % 50), 'w' || (i % 50) || '/1', 'h',
                    iif(i % 100 = 0, 0, iif(i % 100 = 1, 1, 4)), iif(i % 100 = 0, i, NULL), 1, 0,
                    iif(i % 100 = 1, '00000000-0000-0000-0000-000000000001', NULL), i, iif(i % 100 < 2, NULL, i) FROM n
                """,
                "INSERT INTO romancy_run_body (run, input) SELECT no, x'740a' FROM romancy_run",
                "INSERT INTO romancy_step (run, pos, kind, name, at) SELECT no, 0, 1, 's', 1 FROM romancy_run",
                """
                INSERT INTO romancy_msg (uid, kind, channel, mode, target, body, at, state)
                SELECT id, 0, 'm:box', NULL, id, x'740a', no, iif(no % 100 = 0, 0, 2) FROM romancy_run
                """,
                "INSERT INTO romancy_delivery (run, msg) SELECT no, no FROM romancy_run WHERE no % 10 = 0",
                "INSERT INTO romancy_sub (channel, run, since) SELECT 't:' || workflow, no, 0 FROM romancy_run");
        connection = TestFiles.connect(file);
        tables = new Tables(new Session(recording()));
        moment = Moment.read(tables.session);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyStatementFindsItsRowsByIndex(boolean analyzed) throws SQLException {
        if (analyzed) {
            run("ANALYZE");
        }
        everything();

        assertThat(texts).hasSizeGreaterThan(50);
        assertThat(scans()).isEmpty();
    }

    /** Statements that read more rows than they need, with the line of the plan that says so. */
    private Map<String, List<String>> scans() throws SQLException {
        Map<String, List<String>> scans = new LinkedHashMap<>();
        for (String text : texts) {
            List<String> found = plan(text).stream()
                    .filter(line -> line.startsWith("SCAN")
                            && !MAY_BE_SCANNED.matcher(line).find())
                    .toList();
            if (!found.isEmpty()) {
                scans.put(text, found);
            }
        }
        return scans;
    }

    @Test
    void theHotStatementsUseTheIndexesMadeForThem() throws SQLException {
        everything();

        assertThat(planOf("route = ? AND run_at <= ?")).anyMatch(line -> line.contains("INDEX romancy_run_claim"));
        assertThat(planOf("SELECT min(run_at)")).anyMatch(line -> line.contains("INDEX romancy_run_claim"));
        assertThat(planOf("FROM romancy_run WHERE no = ?")).anyMatch(line -> line.contains("PRIMARY KEY (rowid=?)"));
        assertThat(planOf("WHERE state = 0 ORDER BY id LIMIT"))
                .anyMatch(line -> line.contains("INDEX romancy_msg_new"));
        assertThat(planOf("FROM romancy_delivery d JOIN romancy_msg m ON m.id = d.msg WHERE d.run = ?\n ORDER"))
                .anyMatch(line -> line.contains("SEARCH d USING PRIMARY KEY (run=?)"))
                .noneMatch(line -> line.contains("TEMP B-TREE"));
        assertThat(planOf("WHERE owner = ? AND no > ?")).anyMatch(line -> line.contains("INDEX romancy_run_owned"));
        assertThat(planOf("AND key > ? ORDER BY key, id LIMIT 1"))
                .anyMatch(line -> line.contains("INDEX romancy_outbox_head"))
                .noneMatch(line -> line.contains("TEMP B-TREE"));
        assertThat(planOf("AND ended_at IS NULL")).anyMatch(line -> line.contains("INDEX romancy_run_live"));
        assertThat(planOf("WHERE no < ? AND state IN (?) AND state IN (3, 5, 6)"))
                .anyMatch(line -> line.contains("INDEX romancy_run_astray"))
                .noneMatch(line -> line.contains("TEMP B-TREE"));
    }

    /** Runs every statement of every table once, through what uses them. */
    private void everything() throws SQLException {
        NodeTable nodes = tables.nodes;
        nodes.join(NODE, "test", moment.clock() + 1_000_000_000);
        nodes.renew(NODE, moment.clock() + 1_000_000_000, moment);
        nodes.nextExpiry(NODE);
        nodes.anyDead(moment);
        tables.meta.advance(0);
        runs();
        messages();
        lists();
        outbox();
        tables.runs.owned(NODE, 0, 10);
        tables.orphans.any(moment);
        tables.orphans.take(10, moment);
        nodes.forgetDead(moment);
        tables.runs.takeFrom(NODE, moment);
        nodes.leave(NODE);
    }

    private void runs() throws SQLException {
        var claims = new ArrayList<Claim>();
        new CommitBatch(tables, moment, new Failures(folder, Duration.ofSeconds(1)))
                .apart(List.of(Samples.start("x"), Samples.start("x"), Samples.start("y", NODE), Samples.start("z")));
        var request = new ClaimRequest(NODE, List.of(Samples.ROUTE), 10);
        new Claiming(tables, moment).claim(request).runs().forEach(run -> claims.add(run.claim()));
        new Claiming(tables, moment).none(request.routes());
        var topic = Samples.TOPIC;
        var ofRuns = new RunCommits(tables, moment);
        ofRuns.take(new Commit.OfRun(
                claims.get(0),
                List.of(
                        Samples.append(0, "s"),
                        new Change.Consume(1),
                        new Change.Subscribe(topic, TopicMode.BROADCAST),
                        new Change.Unsubscribe(topic)),
                new Transition.Suspend(Set.of(topic), null)));
        ofRuns.take(Samples.step(claims.get(0), 0));
        ofRuns.take(new Commit.OfRun(claims.get(1), List.of(), new Transition.Fail(Samples.payload("why"))));
        var open = new OpenCommits(tables, moment);
        open.take(new Commit.Retry("z", 1, "key"));
        open.take(new Commit.Cancel("x", "why"));
        open.takeLater(new Commit.Cancel("y", "why"));
        tables.steps.page(1, 0, Portion.of(10, 10));
        tables.runs.endedBefore(10, 10);
        tables.mailboxes.goOn(2);
        tables.mailboxes.close(2);
        tables.runs.delete(2);
        tables.steps.delete(2);
    }

    private void messages() throws SQLException {
        var open = new OpenCommits(tables, moment);
        open.take((Commit.Publish) Samples.broadcast("uid-of-plan"));
        new Dispatch(tables, moment).run(1000);
        tables.mailboxes.messages(1, Set.of(), Portion.of(10, 10));
        tables.mailboxes.messages(1, Set.of(new ChannelName(ChannelName.Kind.MAILBOX, "box")), Portion.of(10, 10));
        tables.mailboxes.waitingSubscribers(Samples.TOPIC);
        tables.messages.queue(1);
        tables.messages.anyOlderThan(10);
        tables.messages.purge(10, 10);
    }

    private void lists() throws SQLException {
        RunLists lists = tables.lists;
        lists.find("run-1");
        lists.outcomes(List.of("run-1", "run-2"));
        lists.input("run-1");
        lists.activeRoutes();
        var some = Set.of(InstanceStatus.READY, InstanceStatus.WAITING);
        lists.list(new InstanceQuery(null, Set.of(), null, Long.MAX_VALUE, 10));
        lists.list(new InstanceQuery("w1", Set.of(), null, Long.MAX_VALUE, 10));
        lists.list(new InstanceQuery(null, some, null, Long.MAX_VALUE, 10));
        lists.list(new InstanceQuery(null, Set.of(InstanceStatus.FAILED), null, Long.MAX_VALUE, 10));
        lists.list(new InstanceQuery("w1", Set.of(InstanceStatus.FAILED), Instant.EPOCH, Long.MAX_VALUE, 10));
    }

    private void outbox() throws SQLException {
        tables.events.add(new NewEvent("evt", "plan", "key", Map.of(), Samples.payload("x")), moment);
        tables.lanes.relays(NODE);
        tables.lanes.isRelayer(NODE);
        tables.lanes.relayers(NODE, moment);
        for (int lane : tables.lanes.free(64, moment)) {
            tables.lanes.take(NODE, lane);
        }
        for (OutboxLane lane : tables.lanes.of(NODE)) {
            tables.lanes.isHeld(NODE, lane.number(), lane.fence());
            EventTable.Head found = tables.events.nextHead(lane, "");
            if (found != null) {
                var head = new OutboxHead(lane.number(), lane.fence(), found.number(), Duration.ZERO, found.event());
                tables.events.record(new OutboxOutcome.Later(head, Duration.ZERO, "later"), moment);
                tables.events.record(new OutboxOutcome.Sent(head), moment);
            }
            tables.lanes.release(NODE, lane);
        }
        tables.events.anyDoneBefore(10);
        tables.events.purge(10, 10);
        tables.events.pending(10);
        tables.events.setAside(EventTable.REJECTED, 5, 10);
        tables.events.setAsideCount(EventTable.REJECTED, 10);
    }

    private List<String> planOf(String part) throws SQLException {
        var found = texts.stream().filter(text -> text.contains(part)).toList();
        assertThat(found).as("statements with '%s' among %s", part, texts).isNotEmpty();
        return plan(found.getFirst());
    }

    private List<String> plan(String text) throws SQLException {
        if (!text.strip().matches("(?s)(SELECT|WITH|INSERT|UPDATE|DELETE).*")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + text);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
        }
        return lines;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The connection, remembering every text that is prepared on it. */
    private Connection recording() {
        return (Connection) Proxy.newProxyInstance(
                PlanTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        texts.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
