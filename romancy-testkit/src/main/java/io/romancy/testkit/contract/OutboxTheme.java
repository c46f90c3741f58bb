package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the contracts about the outbox have in common: how events get in, and who relays them. */
abstract class OutboxTheme extends StorageContract {

    void add(NewEvent... events) throws Exception {
        storage().inTransaction(transaction -> {
            storage().outbox().add(transaction, List.of(events));
            return events;
        });
    }

    static NewEvent event(String type, @Nullable String key, String text) {
        return new NewEvent(
                unique("evt"), type, key == null ? null : key + " of " + type, Map.of(), Samples.payload(text));
    }

    /** A new relayer that holds all lanes. */
    Relayer relayer() {
        Relayer relayer = new Relayer(storage(), worker().node());
        relayer.hold();
        assertThat(relayer.lanes()).hasSize(OutboxStore.LANES);
        return relayer;
    }

    static OutboxHead find(Relayer relayer, String type, String text) {
        return relayer.heads(type).stream()
                .filter(head -> Samples.text(head.event().payload()).equals(text))
                .findFirst()
                .orElseThrow();
    }
}
