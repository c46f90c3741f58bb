package io.romancy.examples.orders;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.romancy.api.Durable;
import io.romancy.api.Step;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.examples.orders.Receipt.Outcome;
import java.time.Duration;

/**
 * One order, from the reservation to the thank-you letter. Kill the process anywhere in here: after the restart the order goes on at the
 * line where it was, and what was recorded is not done again.
 *
 * <p>It fails for good if the item is sold out, and ends as cancelled if the customer asks for that; a cancelled order needs no clean-up
 * here, because a reservation that nobody pays lapses in the warehouse by itself.
 */
@Workflow("order_processing")
public final class OrderProcessing implements Durable<Order, Receipt> {
    /** Where the payment provider's message arrives, once the customer has paid. */
    public static final Mailbox<Payment> PAID = Mailbox.of("payments", Payment.class);

    // In a shop these would be days. The example has a minute.
    private static final Duration TIME_TO_PAY = ofSeconds(8);
    private static final Duration BEFORE_THE_LETTER = ofSeconds(2);

    /** The carrier's service is often down: ask again until it answers, more and more slowly. */
    private static final RetryPolicy UNTIL_IT_ANSWERS =
            RetryPolicy.defaults().attempts(0).delay(ofMillis(200)).maxDelay(ofSeconds(1));

    private final Shop shop;

    public OrderProcessing(Shop shop) {
        this.shop = shop;
    }

    @Override
    public Receipt run(WorkflowContext ctx, Order order) {
        ctx.step(Step.of("reserve", String.class), step -> shop.reserve(order, step.idempotencyKey()));
        ctx.step(Step.of("invoice", String.class), step -> shop.invoice(order, step.idempotencyKey()));

        var paid = ctx.receive(PAID, TIME_TO_PAY);
        if (paid.isEmpty()) {
            ctx.step(Step.of("release", String.class), step -> shop.release(order, step.idempotencyKey()));
            return new Receipt(order.id(), Outcome.NOT_PAID, "", "", ctx.now());
        }
        var charge = ctx.step(
                Step.of("charge", String.class), step -> shop.charge(order, paid.get(), step.idempotencyKey()));

        String parcel;
        try {
            parcel = ctx.step(
                    Step.of("ship", String.class).retry(UNTIL_IT_ANSWERS),
                    step -> shop.ship(order, step.idempotencyKey()));
        } catch (AddressUnknown nobodyThere) {
            ctx.step(Step.of("refund", String.class), step -> shop.refund(order, step.idempotencyKey()));
            return new Receipt(order.id(), Outcome.REFUNDED, charge, "", ctx.now());
        }

        ctx.sleep(BEFORE_THE_LETTER);
        ctx.step(Step.of("thank", String.class), step -> shop.thank(order, step.idempotencyKey()));
        return new Receipt(order.id(), Outcome.SHIPPED, charge, parcel, ctx.now());
    }
}
