package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.error.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What each error of SQLite means: which code, and whether the engine is to try again. */
class FailuresTest {
    private final Failures failures = new Failures(Path.of("some.db"), Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY,STORAGE_BUSY,true",
        "SQLITE_BUSY_SNAPSHOT,STORAGE_BUSY,true",
        "SQLITE_LOCKED,STORAGE_BUSY,true",
        "SQLITE_FULL,STORAGE_FILE,true",
        "SQLITE_READONLY,STORAGE_FILE,true",
        "SQLITE_READONLY_DBMOVED,STORAGE_FILE,true",
        "SQLITE_CANTOPEN_ISDIR,STORAGE_FILE,true",
        "SQLITE_NOTADB,STORAGE_FILE,false",
        "SQLITE_CORRUPT,STORAGE_FILE,false",
        "SQLITE_CORRUPT_INDEX,STORAGE_FILE,false",
        "SQLITE_IOERR_FSYNC,STORAGE_FAILED,true",
        "SQLITE_NOMEM,STORAGE_FAILED,true",
        "SQLITE_TOOBIG,TOO_LARGE,false",
        "SQLITE_CONSTRAINT_TRIGGER,STORAGE_REFUSED,false",
        "SQLITE_ERROR,STORAGE_REFUSED,false"
    })
    void saysWhatItIsAndWhetherTryingAgainHelps(SQLiteErrorCode error, ErrorCode code, boolean isTransient) {
        var cause = new SQLiteException("as SQLite says it", error);

        var failure = failures.of(cause);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.isTransient()).isEqualTo(isTransient);
        assertThat(failure)
                .hasCause(cause)
                .hasMessageStartingWith(code.id() + ": SQLite file 'some.db'")
                .hasMessageContaining("as SQLite says it");
    }

    @ParameterizedTest
    @CsvSource({"SQLITE_TOOBIG,true", "SQLITE_CONSTRAINT_CHECK,true", "SQLITE_FULL,false", "SQLITE_BUSY,false"})
    void blamesOneCommitOfABatchOnlyForItsValues(SQLiteErrorCode error, boolean isOfItem) {
        var cause = new SQLiteException("as SQLite says it", error);

        assertThat(Failures.isOfItem(cause)).isEqualTo(isOfItem);
        assertThat(Failures.isOfItem(failures.of(cause))).isEqualTo(isOfItem);
    }

    @Test
    void takesAnErrorOfTheDriverItselfForOneThatPasses() {
        var failure = failures.of(new SQLException("the connection was closed"));

        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(failure.isTransient()).isTrue();
    }
}
