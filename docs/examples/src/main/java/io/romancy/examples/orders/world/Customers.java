package io.romancy.examples.orders.world;

import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import io.romancy.examples.orders.OrderProcessing;
import io.romancy.examples.orders.world.PaymentProvider.Answered;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What reaches the shop from outside: the provider's messages that an order was paid, and customers who cancel. An application would do
 * this in the controllers of its web interface.
 */
public final class Customers {
    private static final int AT_ONCE = 100;

    private final Romancy romancy;
    private final PaymentProvider provider;

    public Customers(Romancy romancy, Ledger ledger) {
        this.romancy = romancy;
        this.provider = new PaymentProvider(ledger);
    }

    /** Passes on what customers did since the last time; returns how many of them did something. */
    public int passOn() {
        var answered = provider.answered(AT_ONCE);
        Concurrently.forEach(answered, this::passOn);
        return answered.size();
    }

    private void passOn(Answered invoice) {
        switch (invoice.manner()) {
            case PROMPT, SLOW -> reportPayment(invoice);
            case FICKLE -> romancy.handle(invoice.order()).cancel("the customer changed their mind");
            case SILENT -> throw new IllegalStateException("A silent customer has answered: " + invoice);
        }
        // A crash before this line reports it again: the message's key, and cancel itself, make that harmless.
        provider.settle(invoice);
    }

    private void reportPayment(Answered invoice) {
        var once = MessageOptions.key(invoice.payment().reference());
        try {
            romancy.send(invoice.order(), OrderProcessing.PAID, invoice.payment(), once);
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                romancy.send(invoice.order(), OrderProcessing.PAID, invoice.payment(), once); // as providers do
            }
        } catch (RomancyException e) {
            // The order waited long enough and has ended; what was agreed to and never charged costs nothing.
            if (e.code() != ErrorCode.INSTANCE_ENDED) {
                throw e;
            }
        }
    }
}
