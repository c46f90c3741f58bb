package io.romancy.examples.orders.run;

import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.examples.orders.OrderProcessing;
import io.romancy.examples.orders.OutOfStock;
import io.romancy.examples.orders.Receipt;

/**
 * How an order ended, in Romancy's records.
 *
 * @param charge the number of the charge on the receipt; empty if there is none
 * @param parcel the number of the parcel on the receipt; empty if there is none
 */
record Ended(End end, String charge, String parcel) {
    /** An order whose records say something that cannot be. */
    static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        Unexpected(String what) {
            super(what);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    static Ended of(WorkflowInfo order, Romancy romancy) throws Unexpected {
        return switch (order.status()) {
            case COMPLETED -> of(receipt(order, romancy));
            case FAILED -> of(failure(order, romancy));
            case CANCELLED -> new Ended(End.CANCELLED, "", "");
            case READY, RUNNING, WAITING, STUCK -> throw new Unexpected("has not ended: it is " + order.status());
        };
    }

    private static Ended of(Receipt receipt) {
        var end = switch (receipt.outcome()) {
            case SHIPPED -> End.SHIPPED;
            case NOT_PAID -> End.NOT_PAID;
            case REFUNDED -> End.REFUNDED;
        };
        return new Ended(end, receipt.charge(), receipt.parcel());
    }

    private static Ended of(WorkflowFailedException failure) throws Unexpected {
        if (!failure.is(OutOfStock.class)) {
            throw new Unexpected("has failed: " + failure.failure());
        }
        return new Ended(End.SOLD_OUT, "", "");
    }

    private static Receipt receipt(WorkflowInfo order, Romancy romancy) {
        return romancy.handle(order.id(), OrderProcessing.class).result(ofSeconds(30));
    }

    private static WorkflowFailedException failure(WorkflowInfo order, Romancy romancy) throws Unexpected {
        try {
            throw new Unexpected("has failed, and yet there is a result: " + receipt(order, romancy));
        } catch (WorkflowFailedException expected) {
            return expected;
        }
    }
}
