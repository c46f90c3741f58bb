package io.romancy.examples.shop.orders;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes orders. */
@Singleton
class OrderDesk {
    private final Orders orders;
    private final Articles articles;
    private final Romancy romancy;

    OrderDesk(Orders orders, Articles articles, Romancy romancy) {
        this.orders = orders;
        this.articles = articles;
        this.romancy = romancy;
    }

    /** Stores the order and starts its workflow: both with the commit of this transaction, or neither. Empty if there is no such article. */
    @Transactional
    Optional<Order> place(NewOrder wanted) {
        Optional<Order> known = orders.findById(wanted.id());
        if (known.isPresent()) {
            return known;
        }
        return articles.findById(wanted.article()).map(article -> start(wanted.at(article.cents())));
    }

    private Order start(Order order) {
        romancy.start(OrderProcess.class, order, StartOptions.id(order.id()));
        return orders.save(order);
    }

    /**
     * Cancels an order; false if it is too late. What its workflow did is undone by the workflow; one that had not begun leaves the order
     * to us.
     */
    boolean cancel(String id) {
        boolean inTime = romancy.handle(id).cancel("the customer wishes so");
        orders.move(id, Stage.PLACED, Stage.CANCELLED);
        return inTime;
    }

    Optional<Order> find(String id) {
        return orders.findById(id);
    }
}
