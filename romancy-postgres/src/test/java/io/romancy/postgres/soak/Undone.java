package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.TerminalException;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import java.util.List;

/** Fails, and undoes what it did, newest first. */
final class Undone implements SoakCase {
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("undone", String.class, String.class);

    @Override
    public String name() {
        return "undone";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, (ctx, id) -> run(ctx, id, ledger));
    }

    private static String run(WorkflowContext ctx, String id, SoakLedger ledger) {
        ctx.step("reserve", String.class, () -> ledger.did(id, "reserve"));
        ctx.compensate(() -> ledger.did(id, "release"));
        ctx.sleep(Duration.ofMillis(100));
        ctx.step("charge", String.class, () -> ledger.did(id, "charge"));
        ctx.compensate(() -> ledger.did(id, "refund"));
        throw new TerminalException("nothing to ship");
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        caller.expect(caller.start(TYPE, id), "failed: nothing to ship");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.FAILED);
        books.history(
                id,
                List.of(
                        "reserve:1",
                        "timer:sleep_1",
                        "charge:1",
                        "compensating",
                        "compensate:2",
                        "compensate:1",
                        "compensated"));
        books.did(id, List.of("reserve", "charge", "refund", "release"));
    }
}
