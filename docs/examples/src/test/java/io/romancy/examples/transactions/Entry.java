package io.romancy.examples.transactions;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A row of the application. */
@MappedEntity("entry")
record Entry(@Id String id, String note) {
    static Entry of(String note) {
        return new Entry(UUID.randomUUID().toString(), note);
    }
}
