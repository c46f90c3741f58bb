package io.romancy.examples.shop.orders;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.ActivityContext;
import io.romancy.api.outbox.Outbox;
import io.romancy.api.outbox.OutboxEvent;
import jakarta.inject.Singleton;

/** What is done about money: mostly at the bank, which is not in our transaction, and is asked again if its answer was lost. */
@Singleton
class Cashier {
    private final Bank bank;
    private final Orders orders;
    private final Outbox outbox;
    private final ActivityContext activity;

    Cashier(Bank bank, Orders orders, Outbox outbox, ActivityContext activity) {
        this.bank = bank;
        this.orders = orders;
        this.outbox = outbox;
        this.activity = activity;
    }

    /** Takes the money. The key is the same each time this is tried for the order, by which the bank knows that it is one charge. */
    @Activity(timeout = "10s")
    void charge(Order order, Payment payment) {
        bank.charge(activity.idempotencyKey(), new Bank.Charge(payment.reference(), order.cents()));
    }

    /** Gives the money back, if any was taken. What is shipped is paid, also if the customer thinks again at that very moment. */
    void refund(Order order, Payment payment) {
        if (orders.findById(order.id())
                .filter(now -> now.stage() == Stage.SHIPPED)
                .isEmpty()) {
            bank.refund(new Bank.Refund(payment.reference()));
        }
    }

    /** Has a letter sent to a customer who has not paid. */
    @Activity
    @Transactional
    void remind(Order order) {
        outbox.add(OutboxEvent.of("order.unpaid", order).key(order.id()));
    }
}
