package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.model.InstanceStatus;
import java.util.List;

/** Is cancelled at any moment, and undoes what it did until then. */
final class CalledOff implements SoakCase {
    private static final Mailbox<String> NEVER = Mailbox.of("never", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("calledoff", String.class, String.class);

    @Override
    public String name() {
        return "calledoff";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, (ctx, id) -> run(ctx, id, ledger));
    }

    private static String run(WorkflowContext ctx, String id, SoakLedger ledger) {
        ctx.step("reserve", String.class, () -> ledger.did(id, "reserve"));
        ctx.compensate(() -> ledger.did(id, "release"));
        return ctx.receive(NEVER);
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        var handle = caller.start(TYPE, id);
        Caller.pause(300);
        caller.cancel(id);
        caller.expect(handle, "cancelled");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.CANCELLED);
        if (books.hasOutcome(id, "reserve:1")) {
            books.history(id, List.of("reserve:1", "compensating", "compensate:1", "compensated"));
            books.did(id, List.of("reserve", "release"));
        }
    }
}
