package io.romancy.engine;

import io.romancy.api.observe.EngineListener;
import io.romancy.engine.codec.Codecs;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.commit.CommitPipeline;
import io.romancy.engine.config.EngineOptions;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.engine.notification.EngineHandlers;
import io.romancy.engine.notification.HintListener;
import io.romancy.engine.notification.HintPublisher;
import io.romancy.engine.outbox.OutboxSignals;
import io.romancy.engine.outbox.Publishers;
import io.romancy.engine.outbox.Relayer;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.poll.PollStats;
import io.romancy.engine.poll.RetentionPoller;
import io.romancy.engine.replay.Ending;
import io.romancy.engine.replay.Toolbox;
import io.romancy.engine.result.ResultBoard;
import io.romancy.engine.result.Results;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.worker.Deliveries;
import io.romancy.engine.worker.DispatchPoller;
import io.romancy.engine.worker.Signals;
import io.romancy.engine.worker.Topics;
import io.romancy.engine.worker.Worker;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine's parts, put together: who knows whom, in which order they start, and in which they stop. */
final class Parts implements AutoCloseable {
    private static final Duration LOOPS_DEADLINE = Duration.ofSeconds(5);
    private static final int RETENTION_ROWS = 500;
    private static final int OUTBOX_RETENTION_ROWS = 1_000;

    final Environment environment;
    final Observer observer;
    final EngineOptions options;
    final Storage storage;
    final Codecs codecs;
    final WorkflowRegistry workflows;
    final CommitPipeline pipeline;
    final Topics topics;
    final Results results;
    final Signals signals;
    final HintPublisher hints;
    final HintListener listener;
    final OutboxSignals outboxSignals;
    final EventHub events;
    final @Nullable Worker worker;

    private final Deliveries deliveries;
    private final ResultBoard board;
    private final PollLoops loops;
    private final Set<String> working;
    private final @Nullable Relayer relayer;

    Parts(
            Seams seams,
            EngineOptions options,
            Storage storage,
            Codecs codecs,
            FailureCodec failures,
            WorkflowRegistry workflows,
            List<Poller> morePollers,
            List<NotificationHandler<?>> moreHandlers,
            Publishers publishers,
            List<EngineListener> listeners) {
        this.environment = seams.environment();
        this.observer = seams.observer();
        this.options = options;
        this.storage = storage;
        this.codecs = codecs;
        this.workflows = workflows;
        List<EngineListener> ears = new ArrayList<>(List.of(new FailureLog(environment)));
        ears.addAll(listeners);
        this.events = new EventHub(environment, ears);
        NotificationSource source = options.notifications().mode() == ListenNotify.FALSE
                ? null
                : storage.notificationSource().orElse(null);
        var wake = new LateWake();
        this.topics = new Topics(storage.messages());
        this.board = new ResultBoard(environment, storage.instances());
        this.results = new Results(environment, board, codecs, failures);
        this.hints =
                new HintPublisher(environment, source, options.notifications().channelPrefix(), events);
        this.signals = new Signals(wake, hints, this::serves, this::hasRoomForAnother, this::claimNow);
        this.deliveries = new Deliveries(storage, signals, events, this::claimAlong);
        this.pipeline = new CommitPipeline(environment, deliveries::write, storage.runs()::commit);
        this.worker = options.worker().enabled()
                ? new Worker(
                        environment,
                        options,
                        storage,
                        pipeline,
                        new Toolbox(
                                codecs,
                                failures,
                                options.worker().defaultRetry(),
                                workflows,
                                events,
                                seams.steps(),
                                observer),
                        topics,
                        wake,
                        signals,
                        this::ended)
                : null;
        Worker relaying = publishers.isEmpty() || !options.outbox().relaying() ? null : worker;
        this.outboxSignals = new OutboxSignals(wake, hints, relaying != null, this::relaysAlone);
        this.relayer = relaying == null
                ? null
                : new Relayer(
                        environment,
                        storage.outbox(),
                        options.outbox(),
                        relaying.relayLease(),
                        publishers,
                        outboxSignals,
                        observer,
                        events);
        if (relaying != null) {
            relaying.whenNodesEnd(outboxSignals::look);
        }
        List<Poller> workingPollers = workingPollers();
        this.working = workingPollers.stream().map(Poller::name).collect(Collectors.toSet());
        List<Poller> pollers = new ArrayList<>();
        pollers.add(new DispatchPoller(
                storage.messages(),
                options.polling().workflowResumptionInterval(),
                options.polling().maxMessagesPerBatch(),
                deliveries));
        pollers.addAll(workingPollers);
        pollers.addAll(morePollers);
        this.loops = new PollLoops(environment, pollers, options.notifications().fallbackInterval(), events);
        wake.is(loops);
        Worker here = worker;
        List<NotificationHandler<?>> handlers =
                new ArrayList<>(here == null ? EngineHandlers.ofClient() : EngineHandlers.of(this::runs, here::until));
        handlers.addAll(moreHandlers);
        this.listener = new HintListener(
                environment,
                source,
                options.notifications().channelPrefix(),
                handlers,
                pollers,
                loops,
                options.notifications().fallbackInterval(),
                options.notifications().reconnectDelay(),
                events);
    }

    /** Gives a plugin's hint: to other processes and back through the source, or only to this one where there is none. */
    <P> void wake(NotificationChannel<P> channel, P payload) {
        hints.hint(channel, payload);
        listener.hint(channel, payload);
    }

    /** Those that a client has no use for. */
    private List<Poller> workingPollers() {
        List<Poller> pollers = new ArrayList<>();
        if (worker != null) {
            pollers.addAll(worker.pollers());
            Duration retention = options.limits().retention();
            if (retention != null) {
                pollers.add(new RetentionPoller("retention", retention, RETENTION_ROWS, storage.upkeep()::purge));
            }
        }
        if (relayer != null) {
            pollers.add(relayer);
            Duration retention = options.outbox().retention();
            if (retention != null) {
                pollers.add(new RetentionPoller(
                        "outbox-retention", retention, OUTBOX_RETENTION_ROWS, storage.outbox()::purge));
            }
        }
        return pollers;
    }

    private boolean relaysAlone() {
        return relayer != null && relayer.holdsAll();
    }

    private boolean serves(Route route) {
        return worker != null && workflows.find(route).isPresent();
    }

    private boolean hasRoomForAnother() {
        return worker != null && worker.hasRoomForAnother();
    }

    private boolean claimNow(int most) {
        return worker != null && worker.claimNow(most);
    }

    private Delivery claimAlong(int most, Function<@Nullable ClaimRequest, Delivery> delivery) {
        return worker == null ? delivery.apply(null) : worker.claimAlong(most, delivery);
    }

    private boolean runs(String workflow) {
        return worker != null
                && workflows.routes().stream()
                        .anyMatch(route -> route.workflow().equals(workflow));
    }

    private void ended(String id, Ending ending) {
        board.ended(new Outcome(id, ending.status(), ending.payload()));
    }

    /** What the pollers did. */
    PollStats polled() {
        return loops.stats();
    }

    /** The lease first, because births need it; what listens last, because it wakes the rest. */
    void start() {
        hints.start();
        pipeline.start();
        board.start();
        if (worker != null) {
            worker.start();
        }
        if (relayer != null) {
            relayer.start();
        }
        loops.start();
        listener.start();
    }

    /** Lets every poller look. */
    void sweep() {
        loops.gap();
    }

    /** Returns at once, with a worker that has nothing to do but what it is doing. */
    void takeNothing() {
        if (worker != null) {
            worker.takeNothing();
        }
    }

    /** What runs is handed over, while its writes still find their way. What is left, is a client. */
    void handOver() {
        loops.stop(working, LOOPS_DEADLINE);
        if (relayer != null) {
            relayer.close();
        }
        if (worker != null) {
            worker.close();
        }
        if (relayer != null) {
            // The lease is given back, so its lanes are free.
            outboxSignals.share();
        }
    }

    /** To be called when all is handed over, or nothing was ever taken. */
    @Override
    public void close() {
        loops.close(LOOPS_DEADLINE);
        pipeline.close();
        hints.close();
        listener.close();
        board.close();
        storage.close();
        events.close();
    }
}
