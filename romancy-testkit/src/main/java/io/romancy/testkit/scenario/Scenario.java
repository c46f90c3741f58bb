package io.romancy.testkit.scenario;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Storage;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the scenarios share: workers on the database under test, names that no other test uses, and a look into the database. */
public abstract class Scenario {
    /** How long anything may take on a slow machine before it counts as not happening. */
    protected static final Duration DEADLINE = EngineEvents.DEADLINE;

    /** Longer than any test: what must not be waited for. */
    protected static final Duration NEVER = Duration.ofMinutes(59);

    /** What most workflows of the scenarios wait for. */
    protected static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private static final Duration ASK_AGAIN = Duration.ofMillis(5);
    private static final String THIS_RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicLong COUNTER = new AtomicLong();

    private final List<ScenarioWorker> workers = new ArrayList<>();
    private @Nullable ScenarioSetting setting;
    private @Nullable Storage storage;

    /** The database for one test; asked for once, before the test. */
    protected abstract ScenarioSetting open() throws Exception;

    @BeforeEach
    final void openDatabase() throws Exception {
        setting = open();
        storage = Lookout.on(setting);
    }

    /**
     * Faults end first, so that every worker can find out where it stands, and none leaves threads behind. A test that takes the database
     * away by itself calls this before.
     */
    @AfterEach
    protected final void closeWorkers() {
        workers.forEach(worker -> worker.faults().heal());
        workers.forEach(ScenarioWorker::close);
        workers.forEach(worker -> worker.faults().close());
    }

    /** Opens a worker with short intervals, and as the scenario wishes. It is closed after the test. */
    protected final ScenarioWorker worker(UnaryOperator<RomancyBuilder> options) {
        ScenarioWorker worker = ScenarioWorkers.open(setting(), unique("worker"), options);
        synchronized (workers) {
            workers.add(worker);
        }
        return worker;
    }

    /** Lets a worker look by itself once, when it opens: later only what wakes it finds work. */
    protected static RomancyBuilder neverPolls(RomancyBuilder options) {
        return options.notifyFallbackInterval(NEVER)
                .workflowResumptionInterval(NEVER)
                .timerCheckInterval(NEVER)
                .channelTimeoutInterval(NEVER);
    }

    /** Opens an engine that runs no workflow. */
    protected final ScenarioWorker client() {
        return worker(options -> options.worker(false));
    }

    /** Lets go of the database, before a test class that made it for itself takes it away. */
    protected static void leaveDatabase() {
        Lookout.close();
    }

    protected final ScenarioSetting setting() {
        if (setting == null) {
            throw new IllegalStateException("no test is running");
        }
        return setting;
    }

    /** A storage on the database, past all engines and faults, to look with. */
    protected final Storage storage() {
        if (storage == null) {
            throw new IllegalStateException("no test is running");
        }
        return storage;
    }

    /** Whether engines hear notifications here. */
    protected final boolean hasNotifications() {
        return storage().notificationSource().isPresent();
    }

    // ---- names

    protected static String unique(String prefix) {
        return prefix + "-" + THIS_RUN + "-" + COUNTER.incrementAndGet();
    }

    protected static String id() {
        return unique("id");
    }

    /** A workflow from text to text. */
    protected static WorkflowType<String, String> texts() {
        return WorkflowType.of(unique("workflow"), String.class, String.class);
    }

    protected static Topic<String> broadcast() {
        return Topic.broadcast(unique("topic"), String.class);
    }

    protected static Topic<String> competing() {
        return Topic.competing(unique("topic"), String.class);
    }

    // ---- what became of it

    protected static <O extends @Nullable Object> O result(WorkflowHandle<O> handle) {
        return handle.result(DEADLINE);
    }

    /** The instance as the database has it; it must exist. */
    protected final InstanceInfo info(String id) {
        return storage().instances().find(id).orElseThrow(() -> new AssertionError("no instance " + id));
    }

    protected final InstanceStatus status(String id) {
        return info(id).status();
    }

    /** All records of an instance. */
    protected final List<StepRecord> history(String id) {
        long run = info(id).run();
        List<StepRecord> all = new ArrayList<>();
        List<StepRecord> page;
        do {
            page = storage()
                    .runs()
                    .history(run, all.isEmpty() ? 0 : all.getLast().position() + 1, 1000);
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    /** The names of all records of an instance. */
    protected final List<String> operations(String id) {
        return history(id).stream().map(StepRecord::name).toList();
    }

    /** What time it is in the database. A claim by nobody of nothing tells. */
    protected final Instant databaseTime() {
        return storage()
                .runs()
                .claim(new ClaimRequest(new NodeId(UUID.randomUUID()), List.of(new Route(unique("none"), 1)), 1))
                .now();
    }

    /** Tries again at once. */
    static RetryPolicy quick() {
        return RetryPolicy.defaults().delay(Duration.ZERO).maxDelay(Duration.ZERO);
    }

    /** Asks again until it is so, for what no event tells; fails at the deadline. */
    protected static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within " + DEADLINE + ": " + what);
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    /** Lets time pass in the database. */
    protected final void skip(Duration time) {
        storage().upkeep().advanceClock(time);
    }
}
