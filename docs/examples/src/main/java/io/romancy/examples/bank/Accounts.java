package io.romancy.examples.bank;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** The accounts in the application's own table. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Accounts extends CrudRepository<Account, String> {
    /** Returns how many accounts there were: one, or none if nobody has this name. */
    @Query("UPDATE account SET cents = cents + :cents WHERE owner = :owner AND cents + :cents >= 0")
    int move(String owner, long cents);
}
