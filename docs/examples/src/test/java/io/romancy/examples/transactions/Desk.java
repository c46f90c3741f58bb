package io.romancy.examples.transactions;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import jakarta.inject.Singleton;
import java.sql.Connection;

/** A service of the application, which no workflow calls. */
@Singleton
class Desk {
    private final Entries entries;
    private final TransactionOperations<Connection> transactions;
    private final Romancy romancy;
    private final Inner inner;
    private final Probes probes;

    Desk(Entries entries, TransactionOperations<Connection> transactions, Romancy romancy, Inner inner, Probes probes) {
        this.entries = entries;
        this.transactions = transactions;
        this.romancy = romancy;
        this.inner = inner;
        this.probes = probes;
    }

    /** Everything that joins. */
    @Transactional
    void everything(String note) {
        entries.save(Entry.of(note));
        romancy.start(Flows.Child.class, note, StartOptions.id(note + "-child"));
        romancy.handle(note + "-waiter").send(Flows.GO, note);
        romancy.publish(Writing.NEWS, note);
        romancy.outbox().add("entry.written", note);
        probes.called("everything");
    }

    @Transactional
    void nested(String note) {
        entries.save(Entry.of(note));
        try {
            inner.nested(note + "-failed", true);
        } catch (IllegalStateException failed) {
            inner.nested(note + "-kept", false);
        }
        probes.called("nested");
    }

    /** The inner part commits, whatever becomes of the outer one. */
    @Transactional
    void apart(String note) {
        entries.save(Entry.of(note));
        romancy.start(Flows.Child.class, note, StartOptions.id(note + "-lost"));
        inner.apart(note + "-apart");
        transactions.findTransactionStatus().orElseThrow().setRollbackOnly();
    }

    @Transactional(readOnly = true)
    long readOnly(String note) {
        probes.called("readOnly");
        return entries.countByNote(note);
    }

    @Transactional
    void one(String note) {
        entries.save(Entry.of(note));
    }

    /** Work after the commit that fails. */
    @Transactional
    String afterCommit(String note) throws Exception {
        entries.save(Entry.of(note));
        romancy.inTransaction(transaction -> {
            transaction.afterCommit(() -> probes.called("first after"));
            transaction.afterCommit(() -> {
                throw new IllegalStateException("on purpose");
            });
            transaction.afterCommit(() -> probes.called("last after"));
            return true;
        });
        return "committed";
    }
}
