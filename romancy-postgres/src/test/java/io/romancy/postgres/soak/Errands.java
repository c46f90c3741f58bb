package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.model.InstanceStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Steps, retries, a failure that is caught, a timer, a wait that ends without a message. */
final class Errands implements SoakCase {
    private static final Mailbox<String> NOTHING = Mailbox.of("nothing", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("errands", String.class, String.class);

    @Override
    public String name() {
        return "errands";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, (ctx, id) -> run(ctx, id, ledger));
    }

    private static String run(WorkflowContext ctx, String id, SoakLedger ledger) throws SQLException {
        String first = ctx.step("first", String.class, () -> ledger.did(id, "first"));
        String flaky = ctx.step(
                Step.of("flaky", String.class)
                        .retry(RetryPolicy.defaults().attempts(0).delay(Duration.ofMillis(30))),
                activity -> {
                    if (activity.attempt() < 3) {
                        throw new IOException("not yet");
                    }
                    return ledger.did(id, "flaky");
                });
        String caught = "nothing";
        try {
            ctx.step(Step.of("missing", Void.class).retry(RetryPolicy.none()), activity -> {
                throw new IllegalStateException("lost");
            });
        } catch (IllegalStateException e) {
            caught = String.valueOf(e.getMessage());
        }
        ctx.sleep(Duration.ofMillis(300));
        String none = ctx.receive(NOTHING, Duration.ofMillis(200)).orElse("none");
        String last = ctx.step("first", String.class, () -> ledger.did(id, "last"));
        return String.join(" ", first, flaky, caught, none, last);
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        caller.expect(caller.start(TYPE, id), "first flaky lost none last");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.COMPLETED);
        books.history(id, List.of("first:1", "flaky:1", "missing:1", "timer:sleep_1", "receive:nothing_1", "first:2"));
        books.did(id, List.of("first", "flaky", "last"));
    }
}
