package io.romancy.examples.shop.partners;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what events ask for, once each: an event comes at least once, and in the same transaction its id is noted. */
@Singleton
class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private final Ledger ledger;

    Carrier(Ledger ledger) {
        this.ledger = ledger;
    }

    @Transactional
    void take(String id, String type, Notice notice) {
        if (ledger.note(id, type) == 0) {
            LOG.info("Event {} has come again", id);
            return;
        }
        switch (type) {
            case "order.shipped" -> ledger.parcel(notice.id(), notice.article(), notice.quantity(), notice.address());
            case "order.unpaid" -> ledger.letter(notice.id(), notice.email());
            default -> LOG.info("Event {} of type {} does not concern us", id, type);
        }
        LOG.info("{} for order {}", type, notice.id());
    }
}
