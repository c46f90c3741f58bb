package io.romancy.engine.replay;

import io.romancy.api.Action;
import io.romancy.api.Durable;
import io.romancy.api.MessageOptions;
import io.romancy.api.RunInfo;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.StepBody;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Channel;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.ReceivedMessage;
import io.romancy.api.channel.Topic;
import io.romancy.engine.loop.Spans;
import io.romancy.spi.commit.Due;
import io.romancy.spi.error.Check;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What a workflow's code sees of its run. Each call asks first whether it may be made here and now. */
final class RunContext implements WorkflowContext {
    private final RunSession session;
    private final Toolbox toolbox;
    private final ThreadGuard guard = new ThreadGuard(this);
    private final OperationNames names = new OperationNames();
    private final Compensations compensations;
    private final Steps steps;
    private final Waits waits;
    private final Sends sends;
    private String inside = "";
    private @Nullable SplittableRandom random;
    private @Nullable Logger log;

    RunContext(RunSession session, Toolbox toolbox, Attempts attempts) {
        this.session = session;
        this.toolbox = toolbox;
        this.compensations = new Compensations(session);
        this.steps = new Steps(session, toolbox, names, attempts, compensations);
        this.waits = new Waits(session, toolbox, names);
        this.sends = new Sends(session, toolbox, names);
    }

    @Override
    public RunInfo info() {
        enter();
        return new RunInfo(
                session.claim().id(),
                session.route().workflow(),
                session.route().version(),
                session.clock().startedAt(),
                session.position());
    }

    @Override
    public Instant now() {
        enter();
        return session.time();
    }

    @Override
    public RandomGenerator random() {
        enter();
        SplittableRandom generator = random;
        if (generator == null) {
            generator = new SplittableRandom(seed());
            random = generator;
        }
        return generator;
    }

    /** The same for every replay of this run, another for another run of the same id, and for each compensation. */
    private long seed() {
        long seed = session.claim().run() * 0x9e3779b97f4a7c15L;
        for (byte b : (session.claim().id() + inside).getBytes(StandardCharsets.UTF_8)) {
            seed = seed * 0x100000001b3L ^ b;
        }
        return seed;
    }

    @Override
    public UUID uuid() {
        RandomGenerator generator = random();
        long high = (generator.nextLong() & ~0xf000L) | 0x4000L;
        long low = (generator.nextLong() & ~(0xc000L << 48)) | (0x8000L << 48);
        return new UUID(high, low);
    }

    @Override
    public Logger log() {
        Logger logger = log;
        if (logger == null) {
            logger = ReplayLogger.of(session);
            log = logger;
        }
        return logger;
    }

    @Override
    public void sleep(Duration time) {
        enter();
        waits.sleep(new Due.In(Spans.bounded(time)));
    }

    @Override
    public void sleepUntil(Instant time) {
        enter();
        waits.sleep(new Due.At(time));
    }

    @Override
    public <T> ReceivedMessage<T> receiveMessage(Channel<T> channel) {
        enter(channel);
        return waits.receive(channel, null).orElseThrow();
    }

    @Override
    public <T> Optional<ReceivedMessage<T>> receiveMessage(Channel<T> channel, Duration atMost) {
        enter(channel);
        return waits.receive(channel, Spans.bounded(atMost));
    }

    private void enter(Channel<?> channel) {
        enter();
        if (channel instanceof Topic<?> topic) {
            sends.requireSubscribed(topic);
        }
    }

    @Override
    public void subscribe(Topic<?> topic) {
        enter();
        sends.subscribe(topic);
    }

    @Override
    public void unsubscribe(Topic<?> topic) {
        enter();
        sends.unsubscribe(topic);
    }

    @Override
    public <T> void send(String id, Mailbox<T> to, T message, MessageOptions options) {
        enter();
        sends.send(Check.name("Instance id", id), to, message, options);
    }

    @Override
    public <T> void publish(Topic<T> to, T message, MessageOptions options) {
        enter();
        sends.publish(to, message, options);
    }

    @Override
    public <T extends @Nullable Object> T step(Step<T> step, StepBody<T> body) {
        enter();
        try {
            return steps.run(step, body, guard);
        } catch (Throwable failure) {
            throw Sneaky.asIs(failure);
        }
    }

    @Override
    public void compensate(Action undo) {
        enter();
        compensations.add(undo);
    }

    Compensations compensations() {
        return compensations;
    }

    /** What follows belongs to this compensation: it sees nothing of those before, which a replay passes over. */
    void inside(String compensation) {
        inside = compensation;
        random = null;
        names.inside(compensation);
        sends.inside();
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> String start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options) {
        enter();
        return sends.start(toolbox.definition(workflow), input, options);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> String start(
            WorkflowType<I, O> workflow, I input, StartOptions options) {
        enter();
        return sends.start(toolbox.definition(workflow), input, options);
    }

    private void enter() {
        guard.requireWorkflow();
        Unwind unwinding = session.unwinding();
        if (unwinding != null) {
            throw unwinding;
        }
    }
}
