package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.error.TerminalException;

/** Brings a parcel to nobody. */
@Workflow("delivery")
class Delivery implements Durable<String, String> {
    private final Courier courier;

    Delivery(Courier courier) {
        this.courier = courier;
    }

    @Override
    public String run(WorkflowContext ctx, String parcel) {
        if (parcel.equals("letter")) {
            courier.bringByHand(parcel);
        } else {
            courier.bring(parcel);
        }
        throw new TerminalException("nobody is at home");
    }
}
