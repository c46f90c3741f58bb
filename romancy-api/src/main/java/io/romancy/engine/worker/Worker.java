package io.romancy.engine.worker;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.engine.commit.CommitPipeline;
import io.romancy.engine.config.EngineOptions;
import io.romancy.engine.outbox.RelayLease;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.poll.Schedules;
import io.romancy.engine.replay.Ending;
import io.romancy.engine.replay.StartBody;
import io.romancy.engine.replay.Toolbox;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workflows in this process: owns them under a lease, claims what is due, gives each run a thread, and hands everything over when it
 * stops.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

    private final Environment environment;
    private final EngineOptions options;
    private final Storage storage;
    private final CommitPipeline pipeline;
    private final Toolbox toolbox;
    private final Topics topics;
    private final Signals signals;
    private final Slots slots;
    private final ThreadSupply threads;
    private final Runs runs;
    private final NodeLease lease;
    private final Claims claims;
    private final Pulse pulse;
    private final Births births;
    private volatile boolean closing;
    private volatile Runnable nodesEnded = () -> {};

    public Worker(
            Environment environment,
            EngineOptions options,
            Storage storage,
            CommitPipeline pipeline,
            Toolbox toolbox,
            Topics topics,
            Schedules wake,
            Signals signals,
            BiConsumer<String, Ending> ended) {
        this.environment = environment;
        this.options = options;
        this.storage = storage;
        this.pipeline = pipeline;
        this.toolbox = toolbox;
        this.topics = topics;
        this.signals = signals;
        this.slots = new Slots(
                options.worker().maxConcurrentWorkflows(), () -> wake.poller(PollerNames.WORKFLOW_RESUMPTION));
        this.runs = new Runs(environment, options.worker().maxParkedWorkflows());
        this.lease = new NodeLease(
                environment,
                storage.nodes(),
                options.worker().name(),
                options.worker().leaseDuration(),
                options.worker().leaseRenewal(),
                watch(wake));
        this.threads = new ThreadSupply(environment, wake);
        var launches = new Launches(this, slots, threads, ended);
        this.claims = new Claims(
                environment,
                storage.runs(),
                lease,
                slots,
                runs,
                wake,
                this::takes,
                () -> toolbox.workflows().routes(),
                launches::launch,
                this::answerLost,
                toolbox.events());
        this.births = new Births(slots, launches::launch, this::answerLost);
        this.pulse = new Pulse(environment, storage.nodes(), lease, runs, pipeline, births::isExpected, wake);
    }

    void answerLost() {
        pulse.suspect();
    }

    private NodeLease.Watch watch(Wake wake) {
        return new NodeLease.Watch() {
            @Override
            public void lost(NodeId node) {
                runs.abandonHolders();
                toolbox.events().accept(new EngineEvent.NodeLost(node));
            }

            @Override
            public void safeAgain() {
                wake.poller(PollerNames.WORKFLOW_RESUMPTION);
            }

            @Override
            public void othersEnded() {
                nodesEnded.run();
            }

            @Override
            public void reaped(int count) {
                toolbox.events().accept(new EngineEvent.RunsReaped(count));
                wake.poller(PollerNames.WORKFLOW_RESUMPTION);
            }
        };
    }

    /** Takes the lease; from now on runs can be born here. Blocks for one round trip. */
    public void start() {
        lease.start();
    }

    /** The schedules by which this worker finds its work. */
    public List<Poller> pollers() {
        return List.of(
                new ClaimPoller(
                        PollerNames.WORKFLOW_RESUMPTION,
                        options.polling().workflowResumptionInterval(),
                        options.polling().maxWorkflowsPerBatch(),
                        claims,
                        pulse::beat),
                new ClaimPoller(
                        PollerNames.TIMER_CHECK,
                        options.polling().timerCheckInterval(),
                        options.polling().maxTimersPerBatch(),
                        claims,
                        pulse::beat),
                new ClaimPoller(
                        PollerNames.CHANNEL_TIMEOUT,
                        options.polling().channelTimeoutInterval(),
                        options.polling().maxMessagesPerBatch(),
                        claims,
                        pulse::beat));
    }

    // ---- births: instances that are started here and run here without a claim of their own

    /** A place for an instance that is about to be started; null if there is none, so that it is left to whoever has one. */
    public @Nullable Birth expect(String id) {
        return takes() ? births.expect(id, lease.node()) : null;
    }

    // ---- runs

    void freeSlot(Activation activation) {
        if (activation.loseSlot()) {
            slots.free(1);
        }
    }

    void suspended(Activation activation, String operation, Transition.Suspend suspension, CommitResult.Taken taken) {
        freeSlot(activation);
        String id = activation.session().claim().id();
        toolbox.events()
                .accept(new EngineEvent.WorkflowSuspended(
                        id,
                        Set.copyOf(suspension.channels().stream()
                                .map(ChannelName::text)
                                .toList()),
                        suspension.due() != null));
        signals.suspended(id, operation, suspension, taken);
    }

    /** Reported by the run's own thread, so that nothing it does next is heard first. */
    void resumed(Claim claim) {
        toolbox.events().accept(new EngineEvent.RunClaimed(claim.id(), claim.fence(), true));
    }

    /** Tells a run of this worker that its cancellation was accepted. */
    public void cancelled(String id, String reason) {
        runs.cancelled(id, reason);
    }

    /** Claims up to this many runs that are known to be ready, on the calling thread; false if the poller has to look. */
    public boolean claimNow(int most) {
        return claims.claimNow(most);
    }

    /** Makes a delivery that claims for this worker on its way, if there is room for what it finds. */
    public Delivery claimAlong(int most, Function<@Nullable ClaimRequest, Delivery> delivery) {
        return claims.claimAlong(most, delivery);
    }

    /** Whether an instance that just became ready would be run here; a claim must follow. */
    public boolean hasRoomForAnother() {
        return takes() && slots.expectOne();
    }

    private boolean takes() {
        return !closing && lease.isSafe() && threads.isOpen();
    }

    /** How long runs waited for this worker, by path. */
    public List<EngineMetrics.Pickup> pickups() {
        return claims.pickups().read();
    }

    /** How long it is until this time by the database's clock, as far as its last word is known; negative if it is over. */
    public Duration until(Instant time) {
        return claims.until(time);
    }

    public NodeId node() {
        return lease.node();
    }

    /** The lease of this worker, for what is held under it beside runs. */
    public RelayLease relayLease() {
        return new RelayLease() {
            @Override
            public NodeId node() {
                return lease.node();
            }

            @Override
            public Duration margin() {
                return lease.margin();
            }
        };
    }

    /** Is done whenever leases of other workers have ended: what they held may be taken. To be set before the start. */
    public void whenNodesEnd(Runnable action) {
        nodesEnded = action;
    }

    public boolean leaseIsSafe() {
        return lease.isSafe();
    }

    /** How long steps may still be started without a word from the database; negative once they may not. */
    public Duration leaseMargin() {
        return lease.margin();
    }

    public int running() {
        return Math.max(0, runs.inMemory() - runs.waiting());
    }

    public int parked() {
        return runs.waiting();
    }

    /** From now on, nothing is claimed or born here; what comes all the same is released at once. Returns at once. */
    public void takeNothing() {
        closing = true;
    }

    /**
     * Hands everything over, in bounded time. Runs at work stop after the step that they are in; a step that takes longer than the
     * shutdown timeout is interrupted. What is left then is taken over by others at once, because the lease is given back.
     */
    @Override
    public void close() {
        takeNothing();
        runs.abandon(Unwind.Reason.CLOSING);
        if (!runs.awaitEmpty(options.worker().shutdownTimeout())) {
            List<Activation> slow = List.copyOf(runs.all());
            LOG.warn(
                    "{} runs did not stop within the shutdown timeout of {}; their steps are interrupted, and run again elsewhere: {}",
                    slow.size(),
                    options.worker().shutdownTimeout(),
                    slow.stream()
                            .limit(10)
                            .map(activation -> activation.session().claim().id())
                            .toList());
            slow.forEach(Activation::interrupt);
            runs.awaitEmpty(AFTER_INTERRUPT);
        }
        lease.close();
    }

    // ---- what activations need

    Environment environment() {
        return environment;
    }

    boolean isClosing() {
        return closing;
    }

    Toolbox toolbox() {
        return toolbox;
    }

    Observer observer() {
        return toolbox.observer();
    }

    CommitPipeline pipeline() {
        return pipeline;
    }

    RunStore store() {
        return storage.runs();
    }

    Topics topics() {
        return topics;
    }

    NodeLease lease() {
        return lease;
    }

    Runs runs() {
        return runs;
    }

    /** Whether the id is there as this start; refuses to start one that belongs to something else. One that is free may be taken next. */
    boolean isStarted(NewInstance wanted) {
        Optional<InstanceInfo> existing = storage.instances().find(wanted.id());
        existing.ifPresent(found -> {
            boolean same = found.route().workflow().equals(wanted.route().workflow())
                    && storage.instances()
                            .input(wanted.id())
                            .map(stored -> StartBody.input(stored).equals(StartBody.input(wanted.input())))
                            .orElse(true);
            if (!same) {
                throw new RomancyException(
                        ErrorCode.START_CONFLICT,
                        "Instance '" + wanted.id() + "' exists, of workflow " + found.route()
                                + " or with another input, so it was not started as " + wanted.route()
                                + ". Choose another id, or ask for the existing one.");
            }
        });
        return existing.isPresent();
    }

    Signals signals() {
        return signals;
    }

    /** Reads for a run, again and again while the storage cannot be reached: the run has nothing better to do. */
    <T> T retrying(String what, Supplier<T> read) {
        long pause = TimeUnit.MILLISECONDS.toNanos(50);
        Waiter waiter = environment.newWaiter();
        while (true) {
            try {
                return read.get();
            } catch (StorageException e) {
                if (!e.isTransient() || closing) {
                    throw e;
                }
                LOG.debug("A run could not {} and tries again", what, e);
                waiter.awaitUninterruptibly(pause);
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            }
        }
    }
}
