package io.romancy.engine;

import io.romancy.api.MessageOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.model.Outcome;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An instance by its id, with the type of its result; no state of its own, except how it ends if it was born here. */
final class Handle<O extends @Nullable Object> implements WorkflowHandle<O> {
    private static final String IN_WORKFLOW = "Do it in a step, or send a message to the other workflow.";

    private final String id;
    private final Type output;
    private final @Nullable CompletableFuture<@Nullable Outcome> ending;
    private final Instances instances;

    Handle(String id, Type output, @Nullable CompletableFuture<@Nullable Outcome> ending, Instances instances) {
        this.id = id;
        this.output = output;
        this.ending = ending;
        this.instances = instances;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public WorkflowInfo info() {
        instances.require("info", IN_WORKFLOW);
        return instances.info(id);
    }

    @Override
    public <T> void send(Mailbox<T> to, T message, MessageOptions options) {
        instances.require("send", "Use ctx.send, or do it in a step.");
        instances.messages().send(id, to, message, options);
    }

    @Override
    public boolean cancel(String reason) {
        instances.require("cancel", IN_WORKFLOW);
        return instances.cancel(id, reason);
    }

    @Override
    public boolean retry() {
        instances.require("retry", IN_WORKFLOW);
        return instances.retry(id);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the definition's output type is O
    public O result(Duration atMost) {
        instances.require("result", IN_WORKFLOW);
        instances.joined().refuse("result", "an instance that was started in it runs only after its commit");
        return (O) instances.results().await(id, ending, output, atMost);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the definition's output type is O
    public CompletableFuture<O> resultAsync() {
        instances.require("resultAsync", IN_WORKFLOW);
        instances.joined().refuse("resultAsync", "an instance that was started in it runs only after its commit");
        return (CompletableFuture<O>) instances.results().async(id, ending, output);
    }
}
