package io.romancy.examples.transactions;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import jakarta.inject.Singleton;

/** What transactional methods call inside their transactions. */
@Singleton
class Inner {
    private final Entries entries;
    private final Romancy romancy;

    Inner(Entries entries, Romancy romancy) {
        this.entries = entries;
        this.romancy = romancy;
    }

    @Transactional
    void failing(String note) {
        throw new IllegalStateException("inner failure of " + note);
    }

    @Transactional(propagation = Propagation.NESTED)
    void nested(String note, boolean fails) {
        entries.save(Entry.of(note));
        romancy.start(Flows.Child.class, note, StartOptions.id(note));
        if (fails) {
            throw new IllegalStateException("failure of " + note);
        }
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void apart(String note) {
        entries.save(Entry.of(note));
        romancy.start(Flows.Child.class, note, StartOptions.id(note));
    }
}
