package io.romancy.examples.plugin;

import io.romancy.api.Romancy;
import java.sql.Connection;

/** Changes prices. The hint goes out after the commit, and never after a rollback; to send it costs the transaction nothing. */
final class Shopkeeper {
    private final Romancy romancy;

    Shopkeeper(Romancy romancy) {
        this.romancy = romancy;
    }

    void setPrice(String sku, long cents) throws Exception {
        romancy.inTransaction(transaction -> {
            PriceList.change(transaction.unwrap(Connection.class), sku, cents);
            romancy.wake(PriceCache.CHANGED, new Sku(sku));
            return sku;
        });
    }
}
