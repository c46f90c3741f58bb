package io.romancy.examples.shop.orders;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** The stock in the database. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Articles extends CrudRepository<Article, String> {
    /** Takes goods from the shelf; returns 0 if there are not as many. */
    @Query("UPDATE article SET in_stock = in_stock - :quantity WHERE name = :name AND in_stock >= :quantity")
    int take(String name, int quantity);

    @Query("UPDATE article SET in_stock = in_stock + :quantity WHERE name = :name")
    void putBack(String name, int quantity);
}
