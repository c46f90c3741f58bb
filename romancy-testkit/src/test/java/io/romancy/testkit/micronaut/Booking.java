package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;

/** Fails after two activities that it has to take back. */
@Workflow("booking")
class Booking implements Durable<String, Void> {
    private final Shop shop;

    Booking(Shop shop) {
        this.shop = shop;
    }

    @Override
    @SuppressWarnings("NullAway") // null is the only value of Void
    public Void run(WorkflowContext ctx, String item) {
        shop.reserve(item);
        shop.tell(item);
        shop.pay();
        return null;
    }
}
