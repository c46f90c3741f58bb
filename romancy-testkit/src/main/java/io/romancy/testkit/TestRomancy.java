package io.romancy.testkit;

import io.romancy.api.Durable;
import io.romancy.api.EngineStatus;
import io.romancy.api.InstanceHandle;
import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.WorkflowQuery;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.api.outbox.Outbox;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.testkit.record.EngineEvents;
import io.romancy.testkit.replay.RecordedHistory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Romancy for tests: real engines on a database of their own, whose time can be skipped, whose notifications get lost, and whose workers die
 * on demand. As a {@code Romancy} it is the first worker that runs.
 *
 * <p>Workflows are real, and so are their threads. What differs from production are intervals (a poller looks every 20 ms), leases (3 s) and
 * the pauses between retries (some ms); {@link EngineSetup} can set them otherwise. Thread-safe. Closing it takes everything away, the
 * database too.
 */
public final class TestRomancy implements Romancy {
    private final Fleet fleet;
    private final TestTime time;
    private final TestFaults faults;
    private final TestWorkers workers;

    TestRomancy(Fleet fleet) {
        this.fleet = fleet;
        this.time = new TestTime(fleet);
        this.faults = new TestFaults(fleet);
        this.workers = new TestWorkers(fleet);
    }

    /** For tests without {@link RomancyTest}; whoever opens it closes it. */
    public static TestRomancyBuilder builder() {
        return new TestRomancyBuilder();
    }

    /** The database's time. */
    public TestTime time() {
        return time;
    }

    /** What goes wrong with notifications. */
    public TestFaults faults() {
        return faults;
    }

    /** The engines, and their deaths. */
    public TestWorkers workers() {
        return workers;
    }

    /** What all engines report. */
    public EngineEvents events() {
        return fleet.events();
    }

    /** What stands in for the bodies of the steps of this name. */
    public StepStub stub(String step) {
        return fleet.stubs().of(step);
    }

    /** What an instance did so far, to be kept for replay tests; one that runs is best recorded after {@code time().settle()}. */
    public RecordedHistory history(String id) {
        return RecordedHistory.of(fleet.storage(), id);
    }

    private Romancy romancy() {
        return fleet.first().romancy();
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options) {
        return romancy().start(workflow, input, options);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowType<I, O> workflow, I input, StartOptions options) {
        return romancy().start(workflow, input, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<Void, O>> workflow, StartOptions options) {
        return romancy().start(workflow, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(WorkflowType<Void, O> workflow, StartOptions options) {
        return romancy().start(workflow, options);
    }

    @Override
    public InstanceHandle handle(String id) {
        return romancy().handle(id);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, Class<? extends Durable<?, O>> workflow) {
        return romancy().handle(id, workflow);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, WorkflowType<?, O> workflow) {
        return romancy().handle(id, workflow);
    }

    @Override
    public <T> void send(String id, Mailbox<T> to, T message, MessageOptions options) {
        romancy().send(id, to, message, options);
    }

    @Override
    public <T> void publish(Topic<T> to, T message, MessageOptions options) {
        romancy().publish(to, message, options);
    }

    @Override
    public <P> void wake(NotificationChannel<P> channel, P payload) {
        romancy().wake(channel, payload);
    }

    @Override
    public Stream<WorkflowInfo> list(WorkflowQuery query) {
        return romancy().list(query);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return romancy().inTransaction(work);
    }

    @Override
    public Outbox outbox() {
        return romancy().outbox();
    }

    @Override
    public EngineMetrics metrics() {
        return romancy().metrics();
    }

    @Override
    public EngineStatus status() {
        return romancy().status();
    }

    @Override
    public void stopWorking() {
        romancy().stopWorking();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
