package io.romancy.postgres;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every hot statement that the storage has, found in its classes, so that none is forgotten. */
final class HotStatements {
    private HotStatements() {}

    static List<HotStatement> all(Schema schema) {
        DataSource nowhere = new PGSimpleDataSource();
        var database = new Database(nowhere, schema);
        var listing = new Listing(database);
        List<HotStatement> all = new ArrayList<>(commits(schema));
        for (Object owner : List.of(
                new Claims(database),
                new Looks(database),
                new Starts(database, listing),
                listing,
                new Publishes(database, new TopicModes(database)),
                new Cancels(database),
                new Dispatch(database),
                new PostgresNodeStore(database, database, listing),
                new PostgresUpkeep(database, listing),
                new PostgresOutboxStore(database),
                new PostgresInstanceStore(database, database),
                new RepeatedSteps(schema),
                new ChildStarts(schema),
                new TopicModes(database))) {
            all.addAll(of(owner));
        }
        all.add(claim(schema, 64));
        all.add(new Claims(database).statement(64, false));
        all.addAll(new ShortWay(database, new Publishes(database, new TopicModes(database)), new Claims(database))
                .statements());
        // In the application's transaction its own settings hold; those texts are the same as others here.
        all.removeIf(statement -> !statement.text().contains("enable_seqscan"));
        return all;
    }

    static HotStatement claim(Schema schema, int limit) {
        return new Claims(new Database(new PGSimpleDataSource(), schema)).statement(limit, true);
    }

    static HotStatement outboxHeads(Schema schema) {
        return HotStatement.plain(schema, OutboxSql.HEADS);
    }

    static List<HotStatement> commits(Schema schema) {
        return Arrays.stream(RunCommitSql.Manner.values())
                .flatMap(manner -> Stream.of(
                        RunCommitSql.stepsOnly(schema, manner),
                        RunCommitSql.leaving(schema, manner),
                        RunCommitSql.plain(schema, manner),
                        RunCommitSql.everything(schema, manner),
                        RunCommitSql.failing(schema, manner)))
                .toList();
    }

    private static List<HotStatement> of(Object owner) {
        List<HotStatement> found = new ArrayList<>();
        for (Field field : owner.getClass().getDeclaredFields()) {
            if (field.getType() == HotStatement.class) {
                try {
                    field.setAccessible(true);
                    found.add((HotStatement) field.get(owner));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return found;
    }
}
