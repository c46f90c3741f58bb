package io.romancy.examples.shop.orders;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.TerminalException;

/**
 * An order from the basket to the parcel. Every line may be the last one that this process executes: another goes on there. What fails is
 * tried again; what fails for good, or is cancelled by the customer, undoes what was done, newest first.
 */
@Workflow("order")
final class OrderProcess implements Durable<Order, Stage> {
    /** Where the bank's message arrives. */
    static final Mailbox<Payment> PAYMENTS = Mailbox.of("payments", Payment.class);

    private final Warehouse warehouse;
    private final Cashier cashier;
    private final Patience patience;

    OrderProcess(Warehouse warehouse, Cashier cashier, Patience patience) {
        this.warehouse = warehouse;
        this.cashier = cashier;
        this.patience = patience;
    }

    @Override
    public Stage run(WorkflowContext ctx, Order order) {
        Stage reserved = warehouse.reserve(order);
        if (reserved != Stage.RESERVED) {
            return reserved;
        }
        Payment payment = awaitPayment(ctx, order);
        ctx.compensate(() -> cashier.refund(order, payment)); // before a charge whose answer may be lost
        cashier.charge(order, payment);
        warehouse.ship(order);
        return Stage.SHIPPED;
    }

    private Payment awaitPayment(WorkflowContext ctx, Order order) {
        var atOnce = ctx.receive(PAYMENTS, patience.remindAfter());
        if (atOnce.isPresent()) {
            return atOnce.get();
        }
        cashier.remind(order);
        return ctx.receive(PAYMENTS, patience.giveUpAfter())
                .orElseThrow(() -> new TerminalException("order " + order.id() + " was not paid in time"));
    }
}
