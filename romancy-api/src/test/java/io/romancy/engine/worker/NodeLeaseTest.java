package io.romancy.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Renewal;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLeaseTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofMillis(1_050);

    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final Answers nodes = new Answers();
    private final Seen seen = new Seen();
    private final NodeLease lease = new NodeLease(environment, nodes, "worker", LEASE, RENEWAL, seen);

    @BeforeEach
    void start() {
        lease.start();
    }

    private Duration step() {
        return Duration.ofNanos(lease.step());
    }

    /** Whether the reaper, which has a loop of its own, was asked to look; nothing else is woken in a step. */
    private boolean isReaperAsked() {
        return environment.wakes() > 0;
    }

    @Test
    void withoutOthersItLooksAgainWhenItIsTimeToRenew() {
        assertThat(step()).isEqualTo(RENEWAL);
        assertThat(isReaperAsked()).isFalse();
    }

    @Test
    void theEndOfAnothersLeaseIsNotWaitedForLongerThanItTakes() {
        nodes.nextExpiryIn = Duration.ofSeconds(2);

        assertThat(step()).isEqualTo(Duration.ofSeconds(2).plus(MARGIN));
        assertThat(isReaperAsked()).isFalse();
    }

    @Test
    void onceAnothersLeaseHasEndedItsRunsAreTakenOverAtOnce() {
        nodes.nextExpiryIn = Duration.ofSeconds(2);
        environment.pass(step());
        nodes.nextExpiryIn = Duration.ZERO;

        step();

        assertThat(isReaperAsked()).isTrue();
        assertThat(seen.all).as("told by the reaper, after it has looked").isEmpty();
    }

    @Test
    void whereAnotherWasQuickerToTakeOverThereIsWorkToLookForAndNothingToReap() {
        nodes.nextExpiryIn = Duration.ofSeconds(2);
        environment.pass(step());
        nodes.nextExpiryIn = null;

        step();

        assertThat(isReaperAsked()).isFalse();
        assertThat(seen.all).containsExactly("others ended");
    }

    @Test
    void whoLostItsLeaseBeginsAnewAndLooksForWhatItLeftBehind() {
        NodeId before = lease.node();
        nodes.held = false;

        step();

        assertThat(lease.node()).isNotEqualTo(before);
        assertThat(nodes.joined).containsExactly(before, lease.node());
        assertThat(seen.all).containsExactly("lost " + before);
        assertThat(isReaperAsked()).isTrue();
    }

    /** Answers each renewal as the test says. */
    private static final class Answers implements NodeStore {
        private final List<NodeId> joined = new ArrayList<>();
        private boolean held = true;
        private @Nullable Duration nextExpiryIn;

        @Override
        public void join(NodeId node, String label, Duration lease) {
            joined.add(node);
        }

        @Override
        public Renewal renew(NodeId node, Duration lease) {
            return new Renewal(held, nextExpiryIn);
        }

        @Override
        public void leave(NodeId node) {}

        @Override
        public Reaped reap(int limit) {
            return new Reaped(0, List.of());
        }

        @Override
        public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
            return List.of();
        }
    }

    /** Keeps what the rest of the worker is told. */
    private static final class Seen implements NodeLease.Watch {
        private final List<String> all = new ArrayList<>();

        @Override
        public void lost(NodeId node) {
            all.add("lost " + node);
        }

        @Override
        public void safeAgain() {
            all.add("safe again");
        }

        @Override
        public void othersEnded() {
            all.add("others ended");
        }

        @Override
        public void reaped(int runs) {
            all.add("reaped " + runs);
        }
    }
}
