package io.romancy.postgres;

import io.romancy.spi.StorageContext;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Writes the tables as jOOQ sees them, from the migrations on a real server. Run {@link #main} in the module's folder after a change of a
 * migration, and check in what it wrote.
 */
final class TableGenerator {
    static final Path CHECKED_IN = Path.of("src/generated/java");

    private TableGenerator() {}

    public static void main(String[] arguments) throws Exception {
        generate(CHECKED_IN);
    }

    static void generate(Path folder) throws Exception {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            var url = PostgresUrl.of(database.settings(), new StorageContext("generator", ""));
            new Migrator(url, new Schema("romancy")).migrate();
            GenerationTool.generate(configuration(database.url(), folder));
        }
    }

    private static Configuration configuration(String url, Path folder) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc().withDriver("org.postgresql.Driver").withUrl(url))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema("romancy")
                                .withIncludes(".*")
                                // The migrator's own table, and two types that only the hot statements touch.
                                .withExcludes("romancy_schema_history|msg\\.xid|sub\\.since")
                                .withIncludeExcludeColumns(true)
                                .withIncludeRoutines(false)
                                // Code for them runs with the very version of jOOQ only that generated it.
                                .withIncludeSequences(false))
                        .withGenerate(new Generate()
                                .withGeneratedAnnotation(false)
                                .withJooqVersionReference(false)
                                .withRecords(false)
                                .withKeys(true)
                                .withIndexes(false)
                                .withGlobalCatalogReferences(false)
                                .withImplicitJoinPathsToOne(false))
                        .withTarget(new Target()
                                .withPackageName("io.romancy.postgres.jooq")
                                .withEncoding("UTF-8")
                                .withDirectory(folder.toString())));
    }
}
