package io.romancy.postgres.notify;

import java.sql.SQLException;

/** The server speaks PostgreSQL's language, and refuses LISTEN as a feature that it does not have. Asking again soon is no use. */
final class NoListenException extends SQLException {
    /** How a server says so. */
    static final String SQLSTATE = "0A000";

    private static final long serialVersionUID = 1L;

    NoListenException(SQLException refusal) {
        super("this database has no LISTEN, and polling does the work: " + refusal.getMessage(), SQLSTATE, refusal);
    }
}
