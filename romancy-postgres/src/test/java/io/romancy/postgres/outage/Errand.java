package io.romancy.postgres.outage;

import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.error.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A workflow of steps, a message and a timer, and a caller who does not give up while the database is away. */
final class Errand {
    /** The records of each, once it is done. */
    static final List<String> HISTORY = List.of("first:1", "receive:go_1", "second:1", "timer:sleep_1", "third:1");

    private static final Mailbox<String> GO = Mailbox.of("go", String.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WorkflowType<String, String> type;

    Errand(String name) {
        type = WorkflowType.of(name, String.class, String.class);
    }

    RomancyBuilder on(RomancyBuilder options) {
        return options.workflow(type, Errand::run);
    }

    /** Asked for again with the same id, it is started once. */
    WorkflowHandle<String> begin(Romancy romancy, String id) {
        return patiently(() -> romancy.start(type, "x", StartOptions.id(id)));
    }

    /** Sent again with the same key, it arrives once. */
    void goOn(Romancy romancy, String id) {
        patiently(() -> {
            romancy.send(id, GO, "go", MessageOptions.key("go-" + id));
            return id;
        });
    }

    private static String run(WorkflowContext ctx, String input) {
        ctx.step("first", String.class, () -> input);
        String go = ctx.receive(GO);
        ctx.step("second", String.class, () -> go);
        ctx.sleep(Duration.ofMillis(5));
        return ctx.step("third", String.class, () -> "done");
    }

    private static <T> T patiently(Supplier<T> call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (StorageException e) {
                if (!e.isTransient() || System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
