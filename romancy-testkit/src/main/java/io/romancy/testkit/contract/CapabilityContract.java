package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.complete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.spi.StorageCapability;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a storage says that it can, it can; and what it does not say, it does not do by half. */
public abstract class CapabilityContract extends StorageContract {

    @Test
    void aStorageThatNotifiesHasASourceAndAnotherHasNone() {
        assertThat(storage().notificationSource().isPresent()).isEqualTo(can(StorageCapability.NOTIFICATIONS));
    }

    @Test
    void anEmptyDescriptionTellsAnOperatorNothing() {
        assertThat(storage().description()).isNotBlank();
    }

    @Test
    void storagesOfOneDatabaseSeeOneAnothersWork() {
        Worker worker = worker();
        try (var elsewhere = under().another()) {
            Worker other = Worker.join(elsewhere);
            var route = route();
            String id = start(route);

            var run = other.claimOne(route);
            assertThat(worker.claimIds(10, route)).isEmpty();
            other.leave(run.claim(), complete("elsewhere"));
            other.leave();

            assertThat(status(id)).isEqualTo(InstanceStatus.COMPLETED);
        }
    }

    @Test
    void closingOneStorageLeavesTheDatabaseToTheOthers() {
        var route = route();
        String id = start(route);

        under().another().close();

        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void aClosedStorageRefusesAndMayBeClosedAgain() {
        var closed = under().another();
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.instances().find(id())).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_CLOSED);
            assertThat(e.isTransient()).isFalse();
        });
    }

    @Test
    void aDurableStorageKeepsWhatWasCommittedWhenItIsClosed() {
        assumeTrue(can(StorageCapability.DURABLE));
        String id = start(route());
        storage().close();

        try (var reopened = under().another()) {
            assertThat(reopened.instances().find(id)).isPresent();
        }
    }

    @Test
    void aStorageThatIsNotDurableForgetsAllWhenItIsClosed() {
        assumeFalse(can(StorageCapability.DURABLE));
        String id = start(route());
        storage().close();

        try (var reopened = under().another()) {
            assertThat(reopened.instances().find(id)).isEmpty();
        }
    }

    @Test
    void aNotificationReachesTheOtherStoragesOnItsChannelsOnly() {
        assumeTrue(can(StorageCapability.NOTIFICATIONS));
        String channel = unique("channel").replace('-', '_');
        var sink = new SourceLog();
        try (var elsewhere = under().another();
                var sending = storage().notificationSource().orElseThrow();
                var listening = elsewhere.notificationSource().orElseThrow()) {
            listening.start(Set.of(channel), sink);
            Crowd.await("the source is LIVE", () -> listening.state() == SourceState.LIVE);
            sending.start(Set.of(channel + "_of_the_sender"), new SourceLog());
            Crowd.await("the sender is LIVE", () -> sending.state() == SourceState.LIVE);
            var hint = new Notification(channel, "{\"instance_id\":\"it's \\\"quoted\\\" \u4e2d\"}");

            // A source may lose one, so it is sent until it comes; what must not come is that of the other channel.
            Crowd.await("a notification arrives", () -> {
                sending.send(List.of(new Notification(channel + "_elsewhere", "{}"), hint));
                return sink.received().contains(hint);
            });

            assertThat(sink.received()).containsOnly(hint);
            assertThat(sink.count(SourceLog.GAP)).as("sweeps after connecting").isPositive();
            assertThat(sink.heard()).contains(SourceState.LIVE);
        }
    }

    @Test
    void aClosedSourceSaysSoAndCallsNobody() {
        assumeTrue(can(StorageCapability.NOTIFICATIONS));
        String channel = unique("channel").replace('-', '_');
        var sink = new SourceLog();
        try (var elsewhere = under().another();
                var sending = storage().notificationSource().orElseThrow()) {
            sending.start(Set.of(channel + "_of_the_sender"), new SourceLog());
            Crowd.await("the sender is LIVE", () -> sending.state() == SourceState.LIVE);
            var listening = elsewhere.notificationSource().orElseThrow();
            listening.start(Set.of(channel), sink);
            Crowd.await("the source is LIVE", () -> listening.state() == SourceState.LIVE);

            listening.close();
            int before = sink.received().size();
            sending.send(List.of(new Notification(channel, "{}")));

            assertThat(listening.state()).isEqualTo(SourceState.CLOSED);
            assertThat(sink.received()).hasSize(before);
            listening.close();
        }
    }

    private boolean can(StorageCapability capability) {
        return storage().capabilities().contains(capability);
    }
}
