package io.romancy.examples.orders.world;

import io.romancy.examples.orders.AddressUnknown;
import io.romancy.examples.orders.Order;
import io.romancy.examples.orders.OutOfStock;
import io.romancy.examples.orders.Payment;
import io.romancy.examples.orders.Shop;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The shop's partners, each across a network: slow to answer, and in the carrier's case often out of order. */
public final class World implements Shop {
    private final Ledger ledger;
    private final PaymentProvider provider;

    public World(Ledger ledger) {
        this.ledger = ledger;
        this.provider = new PaymentProvider(ledger);
    }

    @Override
    public String reserve(Order order, String key) throws OutOfStock {
        if (Catalogue.isSoldOut(order.item())) {
            throw new OutOfStock("The warehouse has no " + order.item());
        }
        return done(Service.RESERVE, order, key);
    }

    @Override
    public String release(Order order, String key) {
        return done(Service.RELEASE, order, key);
    }

    @Override
    public String invoice(Order order, String key) {
        var invoice = done(Service.INVOICE, order, key);
        provider.expectPayment(order);
        return invoice;
    }

    @Override
    public String charge(Order order, Payment payment, String key) {
        if (payment.cents() != order.cents()) {
            throw new IllegalArgumentException(
                    "Order " + order.id() + " costs " + order.cents() + ", and " + payment.cents() + " was agreed to");
        }
        return done(Service.CHARGE, order, key);
    }

    @Override
    public String refund(Order order, String key) {
        return done(Service.REFUND, order, key);
    }

    @Override
    public String ship(Order order, String key) throws IOException, AddressUnknown {
        if (!Catalogue.isKnown(order.address())) {
            throw new AddressUnknown("The carrier knows no " + order.address());
        }
        int luck = ThreadLocalRandom.current().nextInt(100);
        if (luck < 25) {
            throw new IOException("503 from the carrier: try again later");
        }
        var parcel = done(Service.SHIP, order, key);
        if (luck < 35) {
            // The worse half of flaky: it is done, and nobody can know. Only the key makes the next attempt harmless.
            throw new IOException("No answer from the carrier");
        }
        return parcel;
    }

    @Override
    public String thank(Order order, String key) {
        return done(Service.THANK, order, key);
    }

    /** Done at once, answered later: a process killed in between does not know that it was. */
    private String done(Service service, Order order, String key) {
        var answer = ledger.record(service, key, order.id(), order.cents());
        int millis = service.millis() / 2 + ThreadLocalRandom.current().nextInt(service.millis());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return answer;
    }
}
