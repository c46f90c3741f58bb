package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.error.TerminalException;
import java.time.Duration;

/** Charges, waits a day, and fails for who asks for it. */
@Workflow("purchase")
class Purchase implements Durable<String, String> {
    private final Payments payments;

    Purchase(Payments payments) {
        this.payments = payments;
    }

    @Override
    public String run(WorkflowContext ctx, String customer) {
        String receipt = payments.charge(customer);
        ctx.sleep(Duration.ofDays(1));
        if (customer.equals("nobody")) {
            throw new TerminalException("it was for nobody");
        }
        return receipt;
    }
}
