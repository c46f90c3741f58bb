package io.romancy.examples.shop.partners;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** What the partners remember. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Ledger extends GenericRepository<Charge, String> {
    @Query("INSERT INTO charge (key, reference, cents) VALUES (:key, :reference, :cents) ON CONFLICT (key) DO NOTHING")
    int charge(String key, String reference, long cents);

    @Query("INSERT INTO refund (reference) VALUES (:reference) ON CONFLICT DO NOTHING")
    void refund(String reference);

    /** Notes an event; returns 0 if it had come before. */
    @Query("INSERT INTO inbox (id, type) VALUES (:id, :type) ON CONFLICT (id) DO NOTHING")
    int note(String id, String type);

    @Query("INSERT INTO parcel (order_id, article, quantity, address) VALUES (:order, :article, :quantity, :address)")
    void parcel(String order, String article, int quantity, String address);

    @Query("INSERT INTO letter (order_id, email) VALUES (:order, :email)")
    void letter(String order, String email);
}
