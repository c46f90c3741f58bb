package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;

/** Calls an activity that uses the application's Romancy. */
@Workflow("errand")
class Errand implements Durable<String, String> {
    private final Courier courier;

    Errand(Courier courier) {
        this.courier = courier;
    }

    @Override
    public String run(WorkflowContext ctx, String parcel) {
        courier.fetch(parcel);
        return "fetched " + parcel;
    }
}
