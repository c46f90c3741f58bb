package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the themes of the contract share: a storage for each test, names that no other test uses, and the answers that are expected. */
public abstract class StorageContract {
    /** How long anything may take on a slow machine before it counts as not happening. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final String THIS_RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicLong COUNTER = new AtomicLong();

    private final List<Worker> workers = new ArrayList<>();
    private @Nullable StorageUnderTest under;

    /** Opens the storage for one test. */
    protected abstract StorageUnderTest open() throws Exception;

    @BeforeEach
    final void openStorage() throws Exception {
        under = open();
    }

    @AfterEach
    final void closeStorage() {
        if (under != null) {
            workers.forEach(Worker::leave);
            under.close();
        }
    }

    final StorageUnderTest under() {
        if (under == null) {
            throw new IllegalStateException("no test is running");
        }
        return under;
    }

    final Storage storage() {
        return under().storage();
    }

    /** A new worker with a lease that outlasts the test; it leaves when the test ends. */
    final Worker worker() {
        Worker worker = Worker.join(storage());
        workers.add(worker);
        return worker;
    }

    static String unique(String prefix) {
        return prefix + "-" + THIS_RUN + "-" + COUNTER.incrementAndGet();
    }

    static Route route() {
        return new Route(unique("workflow"), 1);
    }

    static String id() {
        return unique("id");
    }

    static ChannelName topic() {
        return new ChannelName(ChannelName.Kind.TOPIC, unique("topic"));
    }

    static ChannelName mailbox() {
        return new ChannelName(ChannelName.Kind.MAILBOX, unique("mailbox"));
    }

    /** Sends one commit alone. */
    final CommitResult commit(Commit commit) {
        List<CommitResult> results = storage().runs().commit(List.of(commit));
        assertThat(results).as("answers to one commit").hasSize(1);
        return results.getFirst();
    }

    /** Starts an instance for whoever claims its route, and returns its id. */
    final String start(Route route) {
        String id = id();
        assertThat(commit(new Commit.Start(Samples.instance(id, route)))).isInstanceOf(CommitResult.Accepted.class);
        return id;
    }

    /** Starts an instance on a route of its own and claims it. */
    final ClaimedRun running(Worker worker) {
        Route route = route();
        start(route);
        return worker.claimOne(route);
    }

    /** Publishes or sends; it must be accepted. */
    final void publish(NewMessage message) {
        assertThat(commit(new Commit.Publish(message))).isInstanceOf(CommitResult.Accepted.class);
    }

    /** Dispatches until nothing is left, and returns what was done altogether. */
    final DispatchResult dispatch() {
        return dispatchOn(storage());
    }

    /** Reaps until nothing is left, and returns how many runs. */
    final int reapAll() {
        int all = 0;
        int last;
        do {
            last = storage().nodes().reap(100).runs();
            all += last;
        } while (last > 0);
        return all;
    }

    static DispatchResult dispatchOn(Storage storage) {
        int dispatched = 0;
        int dropped = 0;
        List<DispatchResult.Woken> woken = new ArrayList<>();
        DispatchResult last;
        do {
            last = storage.messages().dispatch(100);
            dispatched += last.dispatched();
            dropped += last.dropped();
            woken.addAll(last.woken());
        } while (last.saturated() || last.dispatched() > 0);
        return new DispatchResult(dispatched, dropped, false, false, woken);
    }

    /** The instance as it can be seen from outside; it must exist. */
    final InstanceInfo info(String id) {
        return storage().instances().find(id).orElseThrow(() -> new AssertionError("no instance " + id));
    }

    final InstanceStatus status(String id) {
        return info(id).status();
    }

    static void assertRefused(CommitResult result, ErrorCode code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error().code())
                                .as("code of: %s", refused.error().getMessage())
                                .isEqualTo(code));
    }
}
