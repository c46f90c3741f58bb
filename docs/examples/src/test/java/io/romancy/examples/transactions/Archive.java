package io.romancy.examples.transactions;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import jakarta.inject.Singleton;

/** A service on another datasource than Romancy's. */
@Singleton
class Archive {
    private final Romancy romancy;
    private final Desk desk;

    Archive(Romancy romancy, Desk desk) {
        this.romancy = romancy;
        this.desk = desk;
    }

    /** Its rollback does not reach what it started, and not what others did in transactions of their own. */
    @Transactional("other")
    void startAndFail(String note) {
        romancy.start(Flows.Child.class, note, StartOptions.id(note));
        desk.one(note);
        throw new IllegalStateException("the archive is full");
    }
}
