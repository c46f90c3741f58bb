package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Route;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles that may do little. That the grants of the guide are enough is held by {@link PostgresStorageTest}, which has no others. */
class ApplicationRoleTest {
    private PostgresDatabase database;
    private ApplicationRole role;

    @BeforeEach
    void migrate() {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.open(database.settings()).close();
        role = new ApplicationRole(database);
    }

    @AfterEach
    void drop() {
        role.close();
        database.close();
    }

    @Test
    void aRoleThatWasGrantedNothingIsToldWhatIsMissing() {
        assertThatThrownBy(() -> TestDatabase.open(StorageSettings.of(role.url())))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE_REFUSED))
                .hasMessageContaining("permission denied for schema romancy");
    }

    @Test
    void aRoleThatMayNotAskWhichServerThisIsWorksAndTheLogSaysWhatItDoesNotSee() {
        role.asTheGuideSays();
        role.administrator("REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_walfile_name(pg_lsn) FROM PUBLIC");
        try (var timeline = new LogLines(Timeline.class);
                var cluster = new LogLines(ClusterIdentity.class);
                var storage = TestDatabase.open(StorageSettings.of(role.url()))) {
            var worker = Actors.on(storage);
            var ending = Actors.ending(worker.born("works", new Route("workflow", 1)));

            assertThat(worker.commit(ending)).isInstanceOf(CommitResult.Taken.class);
            assertThat(timeline.all()).singleElement().asString().contains("pg_walfile_name", "must be restarted");
            assertThat(cluster.all()).singleElement().asString().contains("pg_control_system", "grant it");
        }
    }
}
