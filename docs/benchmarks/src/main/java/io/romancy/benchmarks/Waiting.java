package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.observe.EngineEvent;
import java.util.function.Consumer;

/** Workflows that wait for one message and end. They say when they wait and when their code goes on. */
final class Waiting {
    private static final WorkflowType<String, String> ON_MAILBOX =
            WorkflowType.of("waits_on_mailbox", String.class, String.class);
    private static final WorkflowType<String, String> ON_TOPIC =
            WorkflowType.of("waits_on_topic", String.class, String.class);
    private static final Mailbox<String> MAILBOX = Mailbox.of("go", String.class);
    private static final Topic<String> TOPIC = Topic.broadcast("go", String.class);

    /** The two ways of giving a workflow a message. */
    enum By {
        SEND,
        PUBLISH;

        /** Starts an instance that waits, and returns its id. */
        String start(Romancy romancy) {
            return switch (this) {
                case SEND -> romancy.start(ON_MAILBOX, "").id();
                case PUBLISH -> romancy.start(ON_TOPIC, "").id();
            };
        }

        /** Gives it what it waits for. */
        void give(Romancy romancy, String id) {
            switch (this) {
                case SEND -> romancy.send(id, MAILBOX, "go");
                case PUBLISH -> romancy.publish(TOPIC, "go");
            }
        }
    }

    private Waiting() {}

    /**
     * Opens a worker for them.
     *
     * @param suspended gets the id of an instance that waits now
     * @param resumed gets the id of an instance whose code goes on now
     */
    static Romancy open(RomancyBuilder engine, Consumer<String> suspended, Consumer<String> resumed) {
        return engine.workflow(ON_MAILBOX, (ctx, input) -> {
                    String message = ctx.receive(MAILBOX);
                    resumed.accept(ctx.info().id());
                    return message;
                })
                .workflow(ON_TOPIC, (ctx, input) -> {
                    ctx.subscribe(TOPIC);
                    String message = ctx.receive(TOPIC);
                    resumed.accept(ctx.info().id());
                    return message;
                })
                .listener(event -> {
                    if (event instanceof EngineEvent.WorkflowSuspended waits) {
                        suspended.accept(waits.id());
                    }
                })
                .open();
    }
}
