package io.romancy.sqlite;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.Portion;
import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.StepRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class SqliteRuns implements RunStore {
    private final Readers readers;
    private final Writer writer;
    private final Transactions transactions;
    private final Failures failures;

    SqliteRuns(Readers readers, Writer writer, Transactions transactions, Failures failures) {
        this.readers = readers;
        this.writer = writer;
        this.transactions = transactions;
        this.failures = failures;
    }

    @Override
    public ClaimBatch claim(ClaimRequest request) {
        ClaimBatch idle = readers.read((tables, moment) -> new Claiming(tables, moment).none(request.routes()));
        boolean anyDue = idle.nextDueIn() != null && idle.nextDueIn().isZero();
        return anyDue ? writer.write((tables, moment) -> new Claiming(tables, moment).claim(request)) : idle;
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            return writer.write((tables, moment) -> new CommitBatch(tables, moment, failures).together(batch));
        } catch (StorageException e) {
            // All of it is rolled back. Savepoints are taken only now: around every commit of every batch they would
            // cost a tenth.
            if (!Failures.isOfItem(e)) {
                throw e;
            }
            return writer.write((tables, moment) -> new CommitBatch(tables, moment, failures).apart(batch));
        }
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        List<CommitResult> results = transactions.write(
                transaction, (tables, moment) -> new CommitBatch(tables, moment, failures).inTransaction(batch));
        for (int i = 0; i < results.size(); i++) {
            if (batch.get(i) instanceof Commit.OfRun && !(results.get(i) instanceof CommitResult.Taken)) {
                transaction.rollbackOnly();
            }
        }
        return results;
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return readers.find((tables, moment) -> look(tables, moment, claim, channels));
    }

    private static @Nullable Look look(Tables tables, Moment moment, Claim claim, Set<ChannelName> channels)
            throws SQLException {
        RunState run = tables.runs.byNumber(claim.run());
        if (run == null || !run.isHeldAt(claim.fence())) {
            return null;
        }
        Portion portion = Portion.ofAtLeastOne(MAILBOX_LIMIT, MAILBOX_BYTES);
        List<DeliveredMessage> mailbox = tables.mailboxes.messages(run.no(), channels, portion);
        return new Look(run.wake(), run.cancel(), mailbox, portion.isComplete(), moment.at());
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return readers.read((tables, moment) ->
                tables.steps.page(run, fromPosition, Portion.ofAtLeastOne(limit, HISTORY_PAGE_BYTES)));
    }
}
