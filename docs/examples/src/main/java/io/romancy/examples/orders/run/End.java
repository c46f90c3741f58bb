package io.romancy.examples.orders.run;

import static io.romancy.examples.orders.world.Service.CHARGE;
import static io.romancy.examples.orders.world.Service.INVOICE;
import static io.romancy.examples.orders.world.Service.REFUND;
import static io.romancy.examples.orders.world.Service.RELEASE;
import static io.romancy.examples.orders.world.Service.RESERVE;
import static io.romancy.examples.orders.world.Service.SHIP;
import static io.romancy.examples.orders.world.Service.THANK;

import io.romancy.examples.orders.world.Service;
import java.util.Set;

/** Every way in which an order can end, and what the world must have done for it by then: that, once, and nothing else. */
enum End {
    SHIPPED("paid and shipped"),
    REFUNDED("paid, not deliverable, refunded"),
    NOT_PAID("not paid in time"),
    SOLD_OUT("failed: sold out"),
    CANCELLED("cancelled by the customer");

    private final String words;

    End(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean needs(Service service) {
        return needed().contains(service);
    }

    /** A customer may cancel in the moment in which the time to pay is over and the goods are being released. */
    boolean allows(Service service) {
        return needs(service) || (this == CANCELLED && service == RELEASE);
    }

    private Set<Service> needed() {
        return switch (this) {
            case SHIPPED -> Set.of(RESERVE, INVOICE, CHARGE, SHIP, THANK);
            case REFUNDED -> Set.of(RESERVE, INVOICE, CHARGE, REFUND);
            case NOT_PAID -> Set.of(RESERVE, INVOICE, RELEASE);
            case SOLD_OUT -> Set.of();
            case CANCELLED -> Set.of(RESERVE, INVOICE);
        };
    }
}
