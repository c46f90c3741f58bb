package io.romancy.examples.orders.world;

/** What the outside world can be asked to do. */
public enum Service {
    RESERVE("goods reserved", 10),
    RELEASE("goods released", 10),
    INVOICE("invoices written", 20),
    CHARGE("customers charged", 200),
    REFUND("customers refunded", 200),
    SHIP("parcels shipped", 60),
    THANK("letters sent", 10);

    private final String done;
    private final int millis;

    Service(String done, int millis) {
        this.done = done;
        this.millis = millis;
    }

    /** How long its answer takes, about. */
    int millis() {
        return millis;
    }

    /** What it has done, for people. */
    public String done() {
        return done;
    }
}
