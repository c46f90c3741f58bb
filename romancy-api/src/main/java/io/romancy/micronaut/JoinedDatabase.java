package io.romancy.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A datasource of the application on the engine's own database. The engine keeps connections of its own to it, and writes by the
 * application's where the application has a transaction open.
 */
final class JoinedDatabase implements ApplicationDatabase {
    private final String name;
    private final boolean hasOwnUrl;
    private final ApplicationContext context;
    private final TransactionOperations<?> transactions;

    /** With a URL of its own, {@code romancy.database}, the engine does not take that of the datasource. */
    JoinedDatabase(String name, boolean hasOwnUrl, ApplicationContext context) {
        this.name = name;
        this.hasOwnUrl = hasOwnUrl;
        this.context = context;
        this.transactions = context.getBean(TransactionOperations.class, Qualifiers.byName(name));
    }

    static boolean isManaged(ApplicationContext context, String name) {
        return context.containsBean(TransactionOperations.class, Qualifiers.byName(name));
    }

    @Override
    public String datasource() {
        return name;
    }

    /** What Romancy's own options leave open comes from the datasource. A URL of its own brings its own credentials. */
    @Override
    public Login login(RomancyConfiguration options) {
        if (options.database() != null) {
            return new Login(options.database(), options.user(), options.password());
        }
        String url = property("url")
                .orElseThrow(() -> new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        "Option " + OptionKeys.key("datasource") + " = " + name + " is refused: datasources." + name
                                + ".url is not set, so nobody says where the engine's own connections go. Set "
                                + OptionKeys.key("database") + " to the URL of that database."));
        return new Login(
                url,
                options.user() != null ? options.user() : property("username").orElse(null),
                options.password() != null
                        ? options.password()
                        : property("password").orElse(null));
    }

    /** Two URLs may be of one database, and must be: else what joins a transaction would lie where no engine looks. */
    @Override
    public void check(Storage storage) {
        if (!hasOwnUrl) {
            return;
        }
        boolean isSame = transactions.executeWrite(
                status -> storage.owns(new ApplicationTransaction(status, (Connection) status.getConnection())));
        if (!isSame) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "Options " + OptionKeys.key("datasource") + " = " + name + " and " + OptionKeys.key("database")
                            + " are refused: the datasource is of another database than "
                            + storage.description()
                            + ", so that what joins a transaction would be written where no engine looks. Let both lead to one"
                            + " database, or remove "
                            + OptionKeys.key("database") + ": the engine then takes the URL of the datasource.");
        }
    }

    private Optional<String> property(String member) {
        return context.getProperty("datasources." + name + "." + member, String.class);
    }

    /**
     * The innermost transaction of this datasource on the calling thread. A scope that runs without one, such as {@code SUPPORTS} called by
     * nobody in a transaction, has its connection in auto-commit, and is none.
     */
    @Override
    public @Nullable Transaction transaction() {
        TransactionStatus<?> status = transactions.findTransactionStatus().orElse(null);
        if (status == null || status.isCompleted()) {
            return null;
        }
        if (!(status.getConnection() instanceof Connection connection)) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "Option " + OptionKeys.key("datasource") + " = " + name + " is refused: its transactions are of "
                            + status.getConnection().getClass().getName()
                            + " and not of JDBC. Name a datasource whose transactions Micronaut Data JDBC manages.");
        }
        return isOpen(connection) ? new ApplicationTransaction(status, connection) : null;
    }

    private boolean isOpen(Connection connection) {
        try {
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new RomancyException(
                    ErrorCode.STORAGE_FAILED,
                    "The connection of the surrounding transaction of datasource '" + name
                            + "' cannot be asked whether it is in one. Let the transaction fail, and do it again.",
                    e);
        }
    }
}
