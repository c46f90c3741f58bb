package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a hot statement hold while it runs, whatever its parameters are, and end with it. */
@PostgresTest
class HotSettingsTest {
    /** Enough that the driver prepares the statement on the server, and knows what it returns. */
    private static final int OFTEN = 12;

    private static final String TEXT = """
            SELECT current_setting('enable_seqscan'), current_setting('lock_timeout'), ?::uuid, ?::text, ?::bytea, ?::text[], ?::bigint
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", "&stringtype=unspecified"})
    void theyHoldAlsoWithNulls(String option, PostgresDatabase database) throws SQLException {
        var statement = HotStatement.impatient(new Schema("romancy"), TEXT);
        try (Connection connection = DriverManager.getConnection(database.url() + option)) {
            for (int i = 0; i < OFTEN; i++) {
                var settings = statement.execute(
                        connection,
                        params -> params.uuid(null)
                                .text(null)
                                .blob(new byte[1])
                                .texts(new String[0])
                                .number(1),
                        row -> {
                            row.next();
                            return row.getString(1) + " " + row.getString(2);
                        });

                assertThat(settings).isEqualTo("off 200ms");
            }
            try (var after = connection.createStatement();
                    var row = after.executeQuery("SHOW enable_seqscan")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("on");
            }
        }
    }
}
