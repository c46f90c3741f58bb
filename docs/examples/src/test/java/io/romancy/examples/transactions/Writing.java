package io.romancy.examples.transactions;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.activity.Activity;
import io.romancy.api.channel.Topic;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.impl.DSL;

/** Activities that write, each in its own way. */
@Singleton
class Writing {
    static final Topic<String> NEWS = Topic.broadcast("news", String.class);

    private final Entries entries;
    private final TransactionOperations<Connection> transactions;
    private final Romancy romancy;
    private final Inner inner;
    private final Probes probes;

    Writing(
            Entries entries,
            TransactionOperations<Connection> transactions,
            Romancy romancy,
            Inner inner,
            Probes probes) {
        this.entries = entries;
        this.transactions = transactions;
        this.romancy = romancy;
        this.inner = inner;
        this.probes = probes;
    }

    private Connection connection() {
        return (Connection) transactions.findTransactionStatus().orElseThrow().getConnection();
    }

    /** One row, and nothing else. */
    @Activity("one")
    @Transactional
    String one(String note) {
        entries.save(Entry.of(note));
        probes.called("one");
        return "wrote " + note;
    }

    /** Rows in three ways, a start, two messages and an event. */
    @Activity("all")
    @Transactional
    String all(String note) throws SQLException {
        entries.save(Entry.of(note + " by repository"));
        DSL.using(connection())
                .insertInto(DSL.table("entry"), DSL.field("id"), DSL.field("note"))
                .values(Entry.of("").id(), note + " by jOOQ")
                .execute();
        try (var statement = connection().prepareStatement("INSERT INTO entry (id, note) VALUES (?, ?)")) {
            statement.setString(1, Entry.of("").id());
            statement.setString(2, note + " by JDBC");
            statement.executeUpdate();
        }
        romancy.start(Flows.Child.class, note, StartOptions.id(note + "-child"));
        romancy.handle(note + "-waiter").send(Flows.GO, note);
        romancy.publish(NEWS, note);
        romancy.outbox().add("entry.written", note);
        probes.called("all");
        return note;
    }

    /** Does not ask for a transaction. */
    @Activity("outside")
    String outside(String note) {
        probes.called("outside");
        return note;
    }

    /** Reads. */
    @Activity("look")
    @Transactional(readOnly = true)
    long look(String note) {
        probes.called("look");
        return entries.countByNote(note);
    }

    /** What fails inside is swallowed, but the transaction is marked. */
    @Activity(value = "swallow", attempts = 2)
    @Transactional
    String swallow(String note) {
        entries.save(Entry.of(note));
        probes.called("swallow");
        try {
            inner.failing(note);
        } catch (IllegalStateException swallowed) {
            return "swallowed";
        }
        return "never";
    }

    /** The inner part has a savepoint of its own, to which its failure goes back. */
    @Activity("nested")
    @Transactional
    String nested(String note) {
        entries.save(Entry.of(note));
        try {
            inner.nested(note + " inside", true);
        } catch (IllegalStateException failed) {
            inner.nested(note + " again", false);
        }
        return note;
    }

    /** Returns, and lets nothing of it happen. */
    @Activity("undecided")
    @Transactional
    String undecided(String note) {
        entries.save(Entry.of(note));
        romancy.start(Flows.Child.class, note, StartOptions.id(note + "-child"));
        transactions.findTransactionStatus().orElseThrow().setRollbackOnly();
        return "undone";
    }
}
