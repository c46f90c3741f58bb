package io.romancy.sqlite;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One opened storage on a SQLite file: one connection that writes, a few that read, no threads of its own. */
final class SqliteStorage implements Storage {
    private final String description;
    private final Path lockedFile;
    private final Failures failures;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Readers readers;
    private final Writer writer;
    private final Transactions transactions;
    private final RunStore runs;
    private final MessageStore messages;
    private final NodeStore nodes;
    private final InstanceStore instances;
    private final OutboxStore outbox;
    private final Upkeep upkeep;

    private SqliteStorage(String description, Path file, Options options, Connector connector, Failures failures) {
        this.description = description;
        this.lockedFile = file;
        this.failures = failures;
        Turn turn = new Turn(WriteLocks.OF_PROCESS.acquire(file), options.busyTimeout(), failures);
        this.readers = new Readers(connector, options, failures);
        this.writer = new Writer(connector, turn, failures);
        this.transactions = new Transactions(connector, turn, failures, options.busyTimeout());
        this.runs = new SqliteRuns(readers, writer, transactions, failures);
        this.messages = new SqliteMessages(readers, writer);
        this.nodes = new SqliteNodes(readers, writer);
        this.instances = new SqliteInstances(readers);
        this.outbox = new SqliteOutbox(readers, writer, transactions);
        this.upkeep = new SqliteUpkeep(readers, writer);
    }

    /** Opens the file, makes it if there is none, and brings its schema up if that is allowed. */
    static SqliteStorage open(DatabaseFile file, Options options, boolean autoMigrate) {
        Failures failures = new Failures(file.path(), options.busyTimeout());
        Connector connector = new Connector(file, options, failures);
        Schema schema = new Schema(file, failures);
        if (!autoMigrate && !file.exists()) {
            throw schema.tooOld(null);
        }
        file.prepare();
        try (Session session = new Session(connector.transacting())) {
            connector.useWriteAheadLog(session.connection());
            schema.ensure(session, new Migrator(file, options), autoMigrate);
            String version = session.text("SELECT sqlite_version()");
            return new SqliteStorage(
                    "SQLite " + version + " " + file.jdbcUrl(), file.realPath(), options, connector, failures);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.SEVERAL_PROCESSES, StorageCapability.DURABLE);
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public NodeStore nodes() {
        return nodes;
    }

    @Override
    public InstanceStore instances() {
        return instances;
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return Optional.empty();
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return transactions.run(work);
    }

    @Override
    public boolean owns(Transaction transaction) {
        try {
            return SameFile.isOpen(lockedFile, transaction.unwrap(Connection.class));
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                transactions.close();
                readers.close();
                writer.close();
            } finally {
                WriteLocks.OF_PROCESS.release(lockedFile);
            }
        }
    }
}
