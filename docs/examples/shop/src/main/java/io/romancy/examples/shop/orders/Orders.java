package io.romancy.examples.shop.orders;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** The orders in the database. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Orders extends CrudRepository<Order, String> {
    /** Moves an order on; returns 0 if it was not where it should have been. */
    @Query("UPDATE customer_order SET stage = :to WHERE id = :id AND stage = :from")
    int move(String id, Stage from, Stage to);
}
