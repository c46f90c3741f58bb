package io.romancy.examples.orders.run;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.examples.orders.Order;
import io.romancy.examples.orders.OrderProcessing;
import io.romancy.examples.orders.world.Concurrently;
import io.romancy.examples.orders.world.Customers;
import io.romancy.examples.orders.world.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets orders come in and customers act until every order has ended. It remembers nothing: after a kill it asks Romancy which orders are
 * there, and goes on with the rest of the file.
 */
final class Workload {
    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Romancy romancy;
    private final Ledger ledger;
    private final Fleet fleet;
    private final Stop stop;
    private final int total;
    private final int perSecond;
    private final Tally tally;
    private final Customers customers;
    private final Queue<Order> coming;
    private final Progress progress = new Progress(System.out);

    Workload(Romancy romancy, List<Order> orders, Ledger ledger, int perSecond, Fleet fleet, Stop stop) {
        this.romancy = romancy;
        this.ledger = ledger;
        this.fleet = fleet;
        this.stop = stop;
        this.total = orders.size();
        this.perSecond = perSecond;
        this.tally = new Tally(romancy);
        this.customers = new Customers(romancy, ledger);
        this.coming = new ArrayDeque<>(orders);
    }

    /** Returns true when all orders have ended or nothing moves them any more, false if it was asked to stop before. */
    boolean runToTheEnd() {
        tally.lookAtAll();
        coming.removeIf(order -> tally.isKnown(order.id()));
        long begun = System.nanoTime();
        int alreadyIn = total - coming.size();
        while (!isOver()) {
            if (stop.isAsked()) {
                return false;
            }
            fleet.check();
            takeIn(alreadyIn, begun);
            customers.passOn();
            if (progress.isDue()) {
                tally.look();
                progress.show(total, total - coming.size(), tally.ended(), ledger.totals(), fleet);
            }
            LockSupport.parkNanos(BEAT_NANOS);
        }
        progress.end();
        return true;
    }

    private boolean isOver() {
        return coming.isEmpty() && tally.ended() + tally.stuck() >= total;
    }

    private void takeIn(int alreadyIn, long begun) {
        long due = (System.nanoTime() - begun) * perSecond / TimeUnit.SECONDS.toNanos(1);
        List<Order> now = new ArrayList<>();
        while (!coming.isEmpty() && total - coming.size() - alreadyIn < due && now.size() < perSecond) {
            now.add(coming.remove());
        }
        // An order that came in just before a kill is started again: its id is known, so nothing happens.
        Concurrently.forEach(now, order -> romancy.start(OrderProcessing.class, order, StartOptions.id(order.id())));
    }
}
