package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import java.time.Duration;

/** Takes a month. */
@Workflow("trial")
class Trial implements Durable<String, String> {
    private final Mails mails;

    Trial(Mails mails) {
        this.mails = mails;
    }

    @Override
    public String run(WorkflowContext ctx, String customer) {
        mails.send("welcome " + customer);
        ctx.sleep(Duration.ofDays(30));
        return mails.send("goodbye " + customer);
    }
}
