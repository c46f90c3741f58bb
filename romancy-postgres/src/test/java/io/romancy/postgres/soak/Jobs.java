package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.spi.model.InstanceStatus;
import java.util.TreeMap;

/** Jobs of a competing topic are taken once each, whoever takes them. */
final class Jobs implements SoakCase {
    private static final int TAKERS = 3;
    private static final int EACH = 2;
    private static final Mailbox<String> DONE = Mailbox.of("done", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("jobs", String.class, String.class);
    private static final WorkflowType<String, String> TAKER = WorkflowType.of("taker", String.class, String.class);

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, Jobs::give).workflow(TAKER, Jobs::take);
    }

    private static String give(WorkflowContext ctx, String id) {
        for (int i = 0; i < TAKERS; i++) {
            ctx.start(TAKER, id);
        }
        for (int i = 0; i < TAKERS * EACH; i++) {
            ctx.publish(work(id), String.valueOf(i));
        }
        var done = new TreeMap<String, Integer>();
        for (int i = 0; i < TAKERS * EACH; i++) {
            done.merge(ctx.receive(DONE), 1, Integer::sum);
        }
        return done.toString();
    }

    private static String take(WorkflowContext ctx, String giver) {
        ctx.subscribe(work(giver));
        for (int i = 0; i < EACH; i++) {
            ctx.send(giver, DONE, ctx.receive(work(giver)));
        }
        return giver;
    }

    private static Topic<String> work(String giver) {
        return Topic.competing("work-" + giver, String.class);
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        caller.expect(caller.start(TYPE, id), "{0=1, 1=1, 2=1, 3=1, 4=1, 5=1}");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.COMPLETED);
    }
}
