package io.romancy.examples.shop.orders;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.api.error.TerminalException;
import io.romancy.api.outbox.Outbox;
import io.romancy.api.outbox.OutboxEvent;
import jakarta.inject.Singleton;

/** What is done with goods: in the shop's database, in one transaction with the workflow's record of it, so exactly once. */
@Singleton
class Warehouse {
    private final Articles articles;
    private final Orders orders;
    private final Outbox outbox;

    Warehouse(Articles articles, Orders orders, Outbox outbox) {
        this.articles = articles;
        this.orders = orders;
        this.outbox = outbox;
    }

    /** Puts the goods aside, if there are enough and the order is still wanted; returns where the order is now. */
    @Activity
    @Transactional
    @Compensate("release")
    Stage reserve(Order order) {
        if (orders.move(order.id(), Stage.PLACED, Stage.RESERVED) == 0) {
            return Stage.CANCELLED;
        }
        if (articles.take(order.article(), order.quantity()) == 0) {
            orders.move(order.id(), Stage.RESERVED, Stage.SOLD_OUT);
            return Stage.SOLD_OUT;
        }
        return Stage.RESERVED;
    }

    /** Puts the goods back, once: an order that is not reserved has none. */
    @Transactional
    void release(Order order) {
        if (orders.move(order.id(), Stage.RESERVED, Stage.CANCELLED) == 1) {
            articles.putBack(order.article(), order.quantity());
        }
    }

    /** Packs the goods, and tells the carrier. The event is in this transaction too: it leaves if this commits, and never otherwise. */
    @Activity
    @Transactional
    void ship(Order order) {
        if (articles.findById(order.article()).filter(Article::damaged).isPresent()) {
            throw new TerminalException("the " + order.article() + " for order " + order.id() + " is damaged");
        }
        orders.move(order.id(), Stage.RESERVED, Stage.SHIPPED);
        outbox.add(OutboxEvent.of("order.shipped", order).key(order.id()));
    }
}
