package io.romancy.examples.transactions;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** A repository as applications have them; one dialect that both databases understand. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Entries extends CrudRepository<Entry, String> {
    long countByNote(String note);
}
