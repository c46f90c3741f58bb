package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** What the URL says about the driver wins over what we would choose. */
class PostgresUrlTest {
    @Test
    void ourChoicesHoldWhereTheUrlSaysNothing() throws SQLException {
        assertThat(property("jdbc:postgresql://h/d", PGProperty.PREPARE_THRESHOLD))
                .isEqualTo("1");
        assertThat(property("jdbc:postgresql://h/d", PGProperty.APPLICATION_NAME))
                .isEqualTo("romancy w");
    }

    @Test
    void whatTheUrlSaysWins() throws SQLException {
        String url = "jdbc:postgresql://h/d?prepareThreshold=0&ApplicationName=mine&socketTimeout=7";

        assertThat(property(url, PGProperty.PREPARE_THRESHOLD)).isEqualTo("0");
        assertThat(property(url, PGProperty.APPLICATION_NAME)).isEqualTo("mine");
        assertThat(property(url, PGProperty.SOCKET_TIMEOUT)).isEqualTo("7");
    }

    @Test
    void aLoginIsLimitedEverywhere() throws SQLException {
        var url = PostgresUrl.of(StorageSettings.of("jdbc:postgresql://h/d"), new StorageContext("w", "romancy_"));

        for (PGSimpleDataSource source :
                List.of(new PGSimpleDataSource(), new PatientSource(), new MigrationSource())) {
            url.configured(source);
            assertThat(source.getSocketTimeout()).isEqualTo(60);
        }
    }

    private static String property(String url, PGProperty property) throws SQLException {
        var source = PostgresUrl.of(StorageSettings.of(url), new StorageContext("w", "romancy_"))
                .forEngine()
                .toDataSource();
        return String.valueOf(((PGSimpleDataSource) source).getProperty(property));
    }
}
