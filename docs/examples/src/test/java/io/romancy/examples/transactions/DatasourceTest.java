package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The datasource that Romancy lives in is of its database, and activities do not take another one by saying nothing. */
class DatasourceTest {
    private static Map<String, Object> livingIn(String datasource, Database database) {
        Map<String, Object> options = new HashMap<>(database.datasource(datasource));
        options.put("romancy.datasource", datasource);
        return options;
    }

    private static ApplicationContext start(Map<String, Object> options) {
        return ApplicationContext.builder()
                .properties(options)
                .singletons(new Wire())
                .start();
    }

    private static RomancyException refusal(Map<String, Object> options) {
        try (var started = start(options)) {
            throw new AssertionError("started with " + options);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RomancyException refused) {
                    return refused;
                }
            }
            throw e;
        }
    }

    private static void requireOpen(Map<String, Object> options) {
        try (var started = start(options)) {
            assertThat(started.getBean(Romancy.class).status().phase()).isEqualTo(EngineStatus.Phase.OPEN);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void twoDatabasesOfOneKindAreRefused(Database.Kind kind) {
        try (var ours = Database.create(kind);
                var other = Database.create(kind)) {
            Map<String, Object> options = livingIn("default", other);
            options.put("romancy.database", ours.url());

            requireRefused(options);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void aDatasourceOfAnotherProductIsRefused(Database.Kind kind) {
        Database.Kind another = kind == Database.Kind.SQLITE ? Database.Kind.POSTGRES : Database.Kind.SQLITE;
        try (var ours = Database.create(kind);
                var other = Database.create(another)) {
            Map<String, Object> options = livingIn("default", other);
            options.put("romancy.database", ours.url());

            requireRefused(options);
        }
    }

    private static void requireRefused(Map<String, Object> options) {
        RomancyException refused = refusal(options);

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(refused)
                .hasMessageContaining("romancy.datasource = default and romancy.database are refused")
                .hasMessageContaining("the datasource is of another database than")
                .hasMessageContaining("remove romancy.database");
    }

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void twoUrlsOfOneDatabaseAreRight(Database.Kind kind) {
        try (var database = Database.create(kind)) {
            Map<String, Object> options = livingIn("default", database);
            options.put(
                    "romancy.database",
                    kind == Database.Kind.SQLITE
                            ? database.url().replace("/test.db", "/./test.db")
                            : database.url().replace("localhost", "127.0.0.1"));

            requireOpen(options);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void anActivityThatNamesNoDatasourceIsRefusedWhereThatIsAnother(Database.Kind kind) {
        try (var ours = Database.create(kind);
                var other = Database.create(kind)) {
            Map<String, Object> options = livingIn("orders", ours);
            options.putAll(other.datasource("default"));

            RomancyException refused = refusal(options);

            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_DURABLE);
            assertThat(refused)
                    .hasMessageMatching("(?s).*Activity io\\.romancy\\.examples\\.\\w+\\.\\w+\\.\\w+ is refused.*")
                    .hasMessageContaining("datasource 'default', which is taken where none is named")
                    .hasMessageContaining("Romancy lives in 'orders'")
                    .hasMessageContaining("Write @Transactional(\"orders\")");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void theOnlyDatasourceNeedsNoName(Database.Kind kind) {
        try (var database = Database.create(kind)) {
            requireOpen(livingIn("orders", database));
        }
    }
}
