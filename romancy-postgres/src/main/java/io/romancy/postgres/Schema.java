package io.romancy.postgres;

import io.romancy.postgres.jooq.Romancy;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * Where the tables are, and how SQL names them. Every name is qualified: {@code search_path} is state of a session, which a pooler may
 * give to somebody else.
 */
final class Schema {
    /** The property of the settings that names another schema. */
    static final String PROPERTY = "schema";

    private static final String DEFAULT = "romancy";
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}|\\?");

    private static final List<String> SEQUENCES = List.of("msg_seq", "run_no");

    /** Lines that are for whoever reads the template, and not for the server. */
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*\\R");

    /** The database's time, moved by tests. One row, read once for a statement. */
    private static final String CLOCK = "(SELECT now() + skew FROM {meta} WHERE one)";

    /** The node that is the parameter, while it may claim: its lease lasts, and is of this timeline. */
    private static final String LIVING = "{node} WHERE id = ? AND lease_until > now() AND timeline = {timeline}";

    static {
        // A library inside somebody's application does not print another library's banner into its log.
        System.getProperties().putIfAbsent("org.jooq.no-logo", "true");
        System.getProperties().putIfAbsent("org.jooq.no-tips", "true");
    }

    private final String name;
    private final String timeline;
    private final Settings settings;
    private final Map<String, QueryPart> parts = new TreeMap<>();

    Schema(String name) {
        this(name, Timeline.NUMBER);
    }

    private Schema(String name, String timeline) {
        if (!NAME.matcher(name).matches()) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "The schema '" + name
                            + "' is refused: a name is lower case letters, digits and underscores, at most"
                            + " 63. Set the storage property '" + PROPERTY + "' to such a name.");
        }
        this.name = name;
        this.timeline = timeline;
        this.settings = new Settings()
                .withExecuteLogging(false)
                .withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema()
                                .withInput(Romancy.ROMANCY.getName())
                                .withOutput(name)));
        for (Table<?> table : Romancy.ROMANCY.getTables()) {
            parts.put(table.getName(), table);
        }
        for (String sequence : SEQUENCES) {
            parts.put(
                    sequence,
                    DSL.sequence(DSL.name(Romancy.ROMANCY.getName(), sequence), Long.class)
                            .nextval());
        }
    }

    static Schema of(StorageSettings settings) {
        return new Schema(settings.properties().getOrDefault(PROPERTY, DEFAULT));
    }

    /** The same on a database where this is the SQL for the timeline. */
    Schema onTimeline(String itsTimeline) {
        return new Schema(name, itsTimeline);
    }

    String name() {
        return name;
    }

    /** The name for statements that nobody renders: it may be a word of SQL. */
    String quoted() {
        return '"' + name + '"';
    }

    /** jOOQ on a connection, with generated tables in this schema. */
    DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, settings);
    }

    /**
     * The text of a hot statement, rendered once: {@code {run}} is the generated table of this name, {@code {run_no}} the next value of
     * the sequence, {@code {clock}} the database's time, {@code {timeline}} its {@link Timeline}, {@code {living}} a node that may
     * claim, {@code ?} a parameter. A name that the schema does not have fails here and not at the server.
     */
    String sql(String template) {
        Matcher placeholder = PLACEHOLDER.matcher(COMMENT.matcher(template)
                .replaceAll("")
                .replace("{clock}", CLOCK)
                .replace("{living}", LIVING)
                .replace("{timeline}", timeline));
        List<QueryPart> used = new ArrayList<>();
        var numbered = new StringBuilder();
        while (placeholder.find()) {
            placeholder.appendReplacement(numbered, "{" + used.size() + "}");
            used.add(placeholder.group(1) == null ? DSL.raw("?") : part(placeholder.group(1)));
        }
        placeholder.appendTail(numbered);
        return DSL.using(SQLDialect.POSTGRES, settings)
                .render(DSL.sql(numbered.toString(), used.toArray(QueryPart[]::new)));
    }

    private QueryPart part(String of) {
        QueryPart part = parts.get(of);
        if (part == null) {
            throw new IllegalArgumentException("the schema has no '" + of + "', only " + parts.keySet());
        }
        return part;
    }
}
