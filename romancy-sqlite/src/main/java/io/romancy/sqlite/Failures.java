package io.romancy.sqlite;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean to the engine, and to the person who reads them. */
final class Failures {
    /** The low byte is the error, the rest says more of it. */
    private static final int PRIMARY = 0xff;

    private final Path file;
    private final Duration busyTimeout;

    Failures(Path file, Duration busyTimeout) {
        this.file = file;
        this.busyTimeout = busyTimeout;
    }

    StorageException of(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> busy("another connection, of this process or of another,", e);
            case SQLITE_FULL -> file(e, "there is no room left", "Free some; work goes on where it stopped", true);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                file(e, "this process may not write it, or its folder", "Check owner, permissions and mount", true);
            case SQLITE_NOTADB ->
                file(e, "it is no SQLite database", "Name another file, or move this one away", false);
            case SQLITE_CORRUPT ->
                file(e, "it is damaged", "Restore it from a backup; sqlite3's .recover may save rows", false);
            case SQLITE_IOERR ->
                failure(
                        ErrorCode.STORAGE_FAILED,
                        "the disk reported an error",
                        "Check the disk and its mount",
                        e,
                        true);
            case SQLITE_INTERRUPT, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_SCHEMA, SQLITE_ABORT, SQLITE_OK ->
                failure(ErrorCode.STORAGE_FAILED, "SQLite gave up for now", "It is tried again", e, true);
            case SQLITE_TOOBIG ->
                failure(
                        ErrorCode.TOO_LARGE,
                        "a value is larger than SQLite keeps",
                        "Keep large data elsewhere",
                        e,
                        false);
            default -> failure(ErrorCode.STORAGE_REFUSED, "SQLite refused it", "See the cause", e, false);
        };
    }

    /** Whether the error is due to the values of one item, so that the others of its batch may pass without it. */
    static boolean isOfItem(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE -> true;
            default -> false;
        };
    }

    /** The same of what {@link #of} made. */
    static boolean isOfItem(StorageException e) {
        return e.getCause() instanceof SQLException cause && isOfItem(cause);
    }

    static boolean isBusy(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> true;
            default -> false;
        };
    }

    StorageException busy(String who, @Nullable Throwable cause) {
        return failure(
                ErrorCode.STORAGE_BUSY,
                who + " has been writing for longer than " + busyTimeout.toMillis() + " ms",
                "Keep transactions short, or raise the property " + Options.BUSY_TIMEOUT,
                cause,
                true);
    }

    StorageException closed() {
        return failure(ErrorCode.STORAGE_CLOSED, "this storage was closed", "Open another", null, false);
    }

    StorageException interrupted(InterruptedException e) {
        return failure(ErrorCode.STORAGE_FAILED, "the thread was interrupted while it waited", "Try again", e, true);
    }

    RomancyException withoutWal(String mode) {
        return file(
                null,
                "it stays in journal mode '" + mode + "' where write-ahead logging is needed",
                "Move it to a local file system; network file systems cannot share it among processes",
                false);
    }

    private StorageException file(@Nullable Throwable cause, String reason, String remedy, boolean isTransient) {
        return failure(ErrorCode.STORAGE_FILE, reason, remedy, cause, isTransient);
    }

    private StorageException failure(
            ErrorCode code, String reason, String remedy, @Nullable Throwable cause, boolean isTransient) {
        String detail = cause instanceof SQLException ? " (" + cause.getMessage() + ")" : "";
        return new StorageException(
                code,
                "SQLite file '" + file + "' could not be used: " + reason + detail + ". " + remedy + ".",
                cause,
                isTransient);
    }

    private static SQLiteErrorCode primary(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY);
    }
}
