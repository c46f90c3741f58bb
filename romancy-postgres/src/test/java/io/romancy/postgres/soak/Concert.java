package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.spi.model.InstanceStatus;
import java.util.List;

/** A conductor starts listeners; all who are subscribed hear everything, in one order. */
final class Concert implements SoakCase {
    private static final int LISTENERS = 3;
    private static final List<String> TONES = List.of("c", "e", "g");
    private static final Mailbox<String> READY = Mailbox.of("ready", String.class);
    private static final Mailbox<String> HEARD = Mailbox.of("heard", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("concert", String.class, String.class);
    private static final WorkflowType<String, String> LISTENER =
            WorkflowType.of("listener", String.class, String.class);

    @Override
    public String name() {
        return "concert";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, Concert::conduct).workflow(LISTENER, Concert::listen);
    }

    private static String conduct(WorkflowContext ctx, String id) {
        for (int i = 0; i < LISTENERS; i++) {
            ctx.start(LISTENER, id);
        }
        for (int i = 0; i < LISTENERS; i++) {
            ctx.receive(READY);
        }
        TONES.forEach(tone -> ctx.publish(hall(id), tone));
        var heard = new StringBuilder();
        for (int i = 0; i < LISTENERS; i++) {
            heard.append(ctx.receive(HEARD)).append(' ');
        }
        return heard.toString().strip();
    }

    private static String listen(WorkflowContext ctx, String conductor) {
        ctx.subscribe(hall(conductor));
        ctx.send(conductor, READY, "ready");
        var heard = new StringBuilder();
        for (int i = 0; i < TONES.size(); i++) {
            heard.append(ctx.receive(hall(conductor)));
        }
        ctx.send(conductor, HEARD, heard.toString());
        return heard.toString();
    }

    private static Topic<String> hall(String conductor) {
        return Topic.broadcast("hall-" + conductor, String.class);
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        caller.expect(caller.start(TYPE, id), "ceg ceg ceg");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        String hall = "publish:" + hall(id).name();
        books.ended(id, InstanceStatus.COMPLETED);
        books.history(
                id,
                List.of(
                        "start:listener_1",
                        "start:listener_2",
                        "start:listener_3",
                        "receive:ready_1",
                        "receive:ready_2",
                        "receive:ready_3",
                        hall + "_1",
                        hall + "_2",
                        hall + "_3",
                        "receive:heard_1",
                        "receive:heard_2",
                        "receive:heard_3"));
    }
}
