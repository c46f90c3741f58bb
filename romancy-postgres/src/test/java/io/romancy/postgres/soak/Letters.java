package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.model.InstanceStatus;
import java.util.stream.IntStream;

/** Messages of one sender arrive once each, in their order. */
final class Letters implements SoakCase {
    private static final int COUNT = 5;
    private static final Mailbox<String> LETTER = Mailbox.of("letter", String.class);
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("letters", String.class, String.class);

    @Override
    public String name() {
        return "letters";
    }

    @Override
    public RomancyBuilder on(RomancyBuilder options, SoakLedger ledger) {
        return options.workflow(TYPE, Letters::read);
    }

    private static String read(WorkflowContext ctx, String input) {
        var all = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            all.append(ctx.receive(LETTER));
        }
        return all.toString();
    }

    @Override
    public void play(Caller caller, String id) throws Exception {
        var handle = caller.start(TYPE, id);
        for (int i = 0; i < COUNT; i++) {
            Caller.pause(100);
            caller.send(id, LETTER, String.valueOf(i));
        }
        caller.expect(handle, "01234");
    }

    @Override
    public void audit(Books books, String id) throws Exception {
        books.ended(id, InstanceStatus.COMPLETED);
        books.history(
                id,
                IntStream.rangeClosed(1, COUNT)
                        .mapToObj(i -> "receive:letter_" + i)
                        .toList());
    }
}
