package io.romancy.postgres;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The short way of a message to a receiver that waits here: insert, dispatch and claim as statements of one transaction, sent together, so
 * that one round trip and one flush lead from the publisher to the run's thread. Each statement has a snapshot of its own, as if they had
 * been sent one by one. Who holds a lane decides here as in every dispatch: a lane that is taken is left to its holder, and the answer
 * says that somebody must look again.
 *
 * <p>One message alone, which is what most come as, has a statement for all of this at once: {@link LoneMessage}.
 *
 * <p>What a lock or a bad message stops is undone as a whole, and the messages go the long way.
 */
final class ShortWay {
    private static final Logger LOG = LoggerFactory.getLogger(ShortWay.class);

    /** One more than the messages that take this way: it tells whether there are more. */
    private static final int CLAIMED_AT_ONCE = 17;

    private final Database database;
    private final Publishes publishes;
    private final Claims claims;
    private final LoneMessage lone;
    private final Map<Kind, HotStatement> statements = new ConcurrentHashMap<>();

    /** Which statements are sent together. */
    private record Kind(boolean competing, boolean claiming) {}

    ShortWay(Database database, Publishes publishes, Claims claims) {
        this.database = database;
        this.publishes = publishes;
        this.claims = claims;
        this.lone = new LoneMessage(database.schema());
    }

    Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        var answers = new CommitResult[messages.size()];
        List<Item<Commit.Publish>> items = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            int index = i;
            items.add(new Item<>(messages.get(i), answer -> answers[index] = answer));
        }
        List<Item<Commit.Publish>> good = publishes.checked(items);
        int[] lanes = good.stream()
                .mapToInt(item -> Lanes.of(item.commit().message()))
                .toArray();
        var done = new Dispatched(messages.size() + Storage.DELIVERED_ALONG);
        Optional<ClaimBatch> claimed =
                isOneHalf(lanes) ? attempt(good, lanes, claim == null ? null : limited(claim), done) : Optional.empty();
        if (good.stream().anyMatch(item -> !item.isAnswered())) {
            publishes.publish(good.stream().filter(item -> !item.isAnswered()).toList());
            done.lanes(true, false, false);
        }
        return new Delivery(
                Stream.of(answers).map(Objects::requireNonNull).toList(), done.result(), claimed.orElse(null));
    }

    private Optional<ClaimBatch> attempt(
            List<Item<Commit.Publish>> items, int[] lanes, @Nullable ClaimRequest claim, Dispatched done) {
        var claimed = new Claims.Claimed();
        try {
            return database.callRaw(connection -> {
                if (items.size() == 1 && lanes[0] < Lanes.COUNT) {
                    lone.send(connection, items.getFirst(), claim, done, claimed);
                } else {
                    send(connection, new Publishes.Rows(items), lanes, claim, done, claimed);
                }
                publishes.explain(connection, items);
                return claim == null ? Optional.<ClaimBatch>empty() : Optional.of(claims.complete(connection, claimed));
            });
        } catch (SQLException e) {
            if (SqlFailure.isOutage(e)) {
                throw SqlFailure.of("Delivering", e);
            }
            LOG.debug("{} messages go the long way", items.size(), e);
            return Optional.empty();
        }
    }

    /** The answer comes after the commit: what is read here is durable. */
    private void send(
            Connection connection,
            Publishes.Rows rows,
            int[] lanes,
            @Nullable ClaimRequest claim,
            Dispatched done,
            Claims.Claimed claimed)
            throws SQLException {
        var statement = statement(new Kind(lanes[0] >= Lanes.COUNT, claim != null));
        statement.executeAll(
                connection,
                params -> {
                    rows.columns.bind(params);
                    params.numbers(lanes).number(done.left());
                    if (claim != null) {
                        Claims.bindRuns(params, claim);
                    }
                },
                readings(rows, claim != null, done, claimed));
    }

    private static HotStatement.Reading<?>[] readings(
            Publishes.Rows rows, boolean claiming, Dispatched done, Claims.Claimed claimed) {
        Stream<HotStatement.Reading<?>> always = Stream.of(row -> readWritten(row, rows, done, claimed), done::read);
        Stream<HotStatement.Reading<?>> more = claiming ? Stream.of(claimed::readRuns) : Stream.of();
        return Stream.concat(always, more).toArray(HotStatement.Reading<?>[]::new);
    }

    private static boolean readWritten(ResultSet row, Publishes.Rows rows, Dispatched done, Claims.Claimed claimed)
            throws SQLException {
        while (row.next()) {
            rows.answerOne(row);
            claimed.at(Cells.instant(row, 2));
            done.lanes(false, row.getBoolean(4), false);
        }
        return true;
    }

    /** The texts, for whoever explains their plans. */
    List<HotStatement> statements() {
        return Stream.concat(
                        lone.statements().stream(),
                        Stream.of(statement(new Kind(false, true)), statement(new Kind(true, true))))
                .toList();
    }

    private HotStatement statement(Kind kind) {
        return statements.computeIfAbsent(kind, wanted -> {
            Stream<String> publishing = Stream.of(
                    Publishes.INSERT_ON_LANES, wanted.competing() ? DispatchSql.SHARE_OUT : DispatchSql.DELIVER);
            Stream<String> claiming =
                    wanted.claiming() ? Stream.of(Claims.shortTemplate(CLAIMED_AT_ONCE)) : Stream.of();
            return HotStatement.impatient(
                    database.schema(), Stream.concat(publishing, claiming).toArray(String[]::new));
        });
    }

    private static ClaimRequest limited(ClaimRequest claim) {
        return new ClaimRequest(claim.node(), claim.routes(), Math.min(claim.limit(), CLAIMED_AT_ONCE), false);
    }

    /** Direct and broadcast messages are dispatched by one statement, competing ones by another. */
    private static boolean isOneHalf(int[] lanes) {
        return lanes.length > 0
                && (Arrays.stream(lanes).allMatch(lane -> lane < Lanes.COUNT)
                        || Arrays.stream(lanes).allMatch(lane -> lane >= Lanes.COUNT));
    }
}
