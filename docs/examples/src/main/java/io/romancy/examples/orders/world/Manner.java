package io.romancy.examples.orders.world;

import java.util.Locale;

/** How a customer answers an invoice. It is part of the customer's name, so that a reader of the file sees what will happen. */
public enum Manner {
    /** Pays at once. */
    PROMPT(0, 50),
    /** Pays late, yet in time. */
    SLOW(1_500, 5_000),
    /** Never pays. */
    SILENT(0, 0),
    /** Changes its mind and cancels. */
    FICKLE(500, 4_000);

    private final int afterMillis;
    private final int atMostMillis;

    Manner(int afterMillis, int atMostMillis) {
        this.afterMillis = afterMillis;
        this.atMostMillis = atMostMillis;
    }

    /** A customer's name, such as {@code prompt-17}. */
    String customer(int number) {
        return name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    /** The manner of a customer. */
    public static Manner of(String customer) {
        return valueOf(customer.substring(0, customer.indexOf('-')).toUpperCase(Locale.ROOT));
    }

    /** How long this customer takes to answer. */
    int answersAfterMillis(String customer) {
        int spread = Math.max(1, atMostMillis - afterMillis);
        return afterMillis + Math.floorMod(customer.hashCode(), spread);
    }
}
