package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The schema: how it comes into a database, who may use it, and who is refused with what advice. */
class SchemaTest {
    private PostgresDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void eightWorkersThatStartTogetherMigrateOnce() throws Exception {
        var together = new CountDownLatch(8);
        List<Future<Storage>> opened = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                opened.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return TestDatabase.open(database.settings());
                }));
            }
            for (Future<Storage> storage : opened) {
                storage.get().close();
            }
        }

        assertThat(number("SELECT count(*) FROM romancy.romancy_schema_history WHERE version IS NOT NULL AND success"))
                .isEqualTo(SchemaVersion.KNOWN);
    }

    @Test
    void nothingIsPutOutsideItsSchema() throws SQLException {
        TestDatabase.open(with(true, Map.of(Schema.PROPERTY, "elsewhere"))).close();

        assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname = 'elsewhere'"))
                .isGreaterThan(8);
        assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'romancy')"))
                .isZero();
    }

    @Test
    void aServerThatEndsIdleTransactionsIsMigratedToo() throws SQLException {
        execute("ALTER DATABASE \"" + database.name() + "\" SET idle_in_transaction_session_timeout = '100ms'");

        TestDatabase.open(database.settings()).close();

        assertThat(number("SELECT count(*) FROM romancy.romancy_schema_history WHERE version IS NOT NULL AND success"))
                .isEqualTo(SchemaVersion.KNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "user", "current_role"})
    void aSchemaMayBeNamedLikeAWordOfSql(String name) throws SQLException {
        try (Storage storage = TestDatabase.open(with(true, Map.of(Schema.PROPERTY, name)))) {
            Actors.on(storage).born("r", new Route("w", 1));

            assertThat(storage.nodes().reap(10).runs()).isZero();
            assertThat(storage.instances().find("r")).isPresent();
        }
        TestDatabase.open(with(false, Map.of(Schema.PROPERTY, name))).close();

        assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname = '" + name + "'"))
                .isGreaterThan(8);
    }

    @Test
    void twoSchemasOfOneDatabaseDoNotMeet() {
        try (Storage one = TestDatabase.open(with(true, Map.of(Schema.PROPERTY, "one")));
                Storage two = TestDatabase.open(with(true, Map.of(Schema.PROPERTY, "two")))) {
            Actors.on(one).born("r", new Route("w", 1));

            assertThat(one.instances().find("r")).isPresent();
            assertThat(two.instances().find("r")).isEmpty();
        }
    }

    @Test
    void tablesOfTheApplicationInTheSchemaAreLeftAlone() throws SQLException {
        execute("CREATE SCHEMA romancy");
        execute("CREATE TABLE romancy.mine AS SELECT 1 AS kept");

        TestDatabase.open(database.settings()).close();

        assertThat(number("SELECT kept FROM romancy.mine")).isEqualTo(1);
    }

    @Test
    void aMissingSchemaIsRefusedWhereMigrationIsOff() {
        assertRefused(with(false, Map.of()), ErrorCode.SCHEMA_TOO_OLD, "autoMigrate");
    }

    @Test
    void aCurrentSchemaNeedsNoMigration() {
        TestDatabase.open(database.settings()).close();

        TestDatabase.open(with(false, Map.of())).close();
    }

    @Test
    void aNewerSchemaThatNeedsANewerEngineIsRefused() throws SQLException {
        TestDatabase.open(database.settings()).close();
        makeNewer(SchemaVersion.KNOWN + 1);

        assertRefused(database.settings(), ErrorCode.SCHEMA_TOO_NEW, "newer release");
    }

    @Test
    void aNewerSchemaThatOnlyAddedSomethingIsUsed() throws SQLException {
        TestDatabase.open(database.settings()).close();
        makeNewer(SchemaVersion.KNOWN);

        TestDatabase.open(database.settings()).close();
    }

    @Test
    void badCredentialsAreRefusedWithoutShowingThem() {
        String url = database.url().replaceAll("\\?.*", "") + "?user=nobody_knows&password=secret_word";

        assertThatThrownBy(() -> TestDatabase.open(StorageSettings.of(url)))
                .isInstanceOfSatisfying(RomancyException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_CREDENTIALS);
                    assertThat(e).hasMessageNotContaining("secret_word");
                });
    }

    @Test
    void theLogOfTheMigrationHasNoPasswordOfTheUrl() {
        var flyway = (Logger) LoggerFactory.getLogger("org.flywaydb");
        Level before = flyway.getLevel();
        flyway.setLevel(Level.INFO);
        try (var lines = new LogLines("org.flywaydb")) {
            String url = database.url() + "&password=secret_word&sslpassword=secret_key&sslmode=disable";
            TestDatabase.open(StorageSettings.of(url)).close();

            assertThat(lines.containing("Database: ")).hasSize(1);
            assertThat(lines.containing("secret_")).isEmpty();
        } finally {
            flyway.setLevel(before);
        }
    }

    @Test
    void aPropertyThatNobodyReadsIsRefused() {
        assertRefused(with(true, Map.of("shcema", "other")), ErrorCode.INVALID_OPTION, "It has [listenEchoInterval");
    }

    @Test
    void anUnreachableServerIsRefused() {
        assertRefused(StorageSettings.of("jdbc:postgresql://localhost:1/none"), ErrorCode.STORAGE_UNREACHABLE, "host");
    }

    @Test
    void aHistoryThatKnowsTablesThatAreMissingIsRefused() throws SQLException {
        TestDatabase.open(database.settings()).close();
        execute("ALTER TABLE romancy.meta RENAME TO gone");

        assertRefused(database.settings(), ErrorCode.MIGRATION_FAILED, "tables are missing");
    }

    @Test
    void aPortThatIsNoneIsRefusedWithoutShowingThePassword() {
        for (String place : List.of("localhost:99999/db", "localhost/d%b")) {
            String url = "jdbc:postgresql://" + place + "?user=ada&password=secret_word";

            assertThatThrownBy(() -> TestDatabase.open(StorageSettings.of(url)))
                    .isInstanceOfSatisfying(RomancyException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION);
                        assertThat(e).hasNoCause().hasMessageNotContaining("secret_word");
                    });
        }
    }

    @Test
    void aDatabaseThatLacksCharactersIsRefused() throws SQLException {
        String name = database.name() + "_latin1";
        execute("CREATE DATABASE \"" + name + "\" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try {
            var latin = StorageSettings.of(database.url().replace("/" + database.name(), "/" + name));

            assertRefused(latin, ErrorCode.STORAGE_REFUSED, "ENCODING 'UTF8'");
        } finally {
            execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
        }
    }

    @Test
    void aSchemaNameThatIsNoNameIsRefused() {
        assertRefused(with(true, Map.of(Schema.PROPERTY, "a; DROP")), ErrorCode.INVALID_OPTION, "lower case");
    }

    @Test
    void aDatabaseThatWasRestoredIntoAnotherClusterDeliversWhatWasOnItsWay() throws SQLException {
        var topic = new ChannelName(ChannelName.Kind.TOPIC, "news");
        try (Storage before = TestDatabase.open(database.settings())) {
            var worker = Actors.on(before);
            var claim = worker.born("r", new Route("w", 1));
            worker.leave(
                    claim,
                    new io.romancy.spi.commit.Transition.Suspend(java.util.Set.of(topic), null),
                    new Change.Subscribe(topic, TopicMode.BROADCAST));
            worker.commit(new Commit.Publish(
                    new NewMessage("m", topic, TopicMode.BROADCAST, null, null, Map.of(), Actors.payload("news"))));
        }
        // As a dump of a cluster that had used up more transaction ids than this one.
        execute("UPDATE romancy.meta SET system_identifier = 1");
        execute("UPDATE romancy.sub SET since = '900000000:900000000:'");

        try (Storage after = TestDatabase.open(database.settings())) {
            assertThat(after.messages().dispatch(10).woken()).hasSize(1);
        }
    }

    @Test
    void theCheckedInTablesAreThoseOfTheMigrations(@TempDir Path folder) throws Exception {
        assumeTrue(Constants.MINOR_VERSION.equals("3.20"), "another version of jOOQ writes them otherwise");
        TableGenerator.generate(folder);

        assertThat(sources(folder))
                .isEqualTo(sources(TableGenerator.CHECKED_IN))
                .isNotEmpty();
    }

    private static Map<String, String> sources(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }

    private void makeNewer(int minEngine) throws SQLException {
        execute("INSERT INTO romancy.romancy_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) VALUES (99, '" + (SchemaVersion.KNOWN + 1)
                + "', 'later', 'SQL', 'later.sql', 'test', 1, true)");
        execute("UPDATE romancy.meta SET min_engine = " + minEngine);
    }

    private StorageSettings with(boolean autoMigrate, Map<String, String> properties) {
        return new StorageSettings(
                database.url(),
                null,
                null,
                null,
                autoMigrate,
                ListenNotify.FALSE,
                null,
                Duration.ofSeconds(1),
                2,
                properties);
    }

    private static void assertRefused(StorageSettings settings, ErrorCode code, String advice) {
        assertThatThrownBy(() -> TestDatabase.open(settings)).isInstanceOfSatisfying(RomancyException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e).hasMessageContaining(advice);
        });
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
