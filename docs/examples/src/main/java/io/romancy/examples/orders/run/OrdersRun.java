package io.romancy.examples.orders.run;

import io.romancy.api.Romancy;
import io.romancy.examples.orders.Order;
import io.romancy.examples.orders.world.Ledger;
import io.romancy.examples.orders.world.OrderFile;
import io.romancy.examples.orders.world.World;
import java.util.List;

/** One life of the program: opens what it needs, lets the orders run to their ends, and reports. */
final class OrdersRun {
    private static final int ADDS_UP = 0;
    private static final int DOES_NOT_ADD_UP = 1;
    private static final int STOPPED = 3;

    private final RunSettings settings;
    private final Stop stop;

    OrdersRun(RunSettings settings, Stop stop) {
        this.settings = settings;
        this.stop = stop;
    }

    int run() throws Exception {
        try (var home = Home.take(settings.home())) {
            if (settings.fresh()) {
                LocalPostgres.stopIfRunning(settings.cluster());
                home.clear();
            }
            LogFile.use(settings.home().resolve("orders.log"));
            var orders = OrderFile.readOrWrite(settings.orderFile(), settings.orders(), settings.seed());
            try (var ledger = Ledger.open(settings.world())) {
                int life = ledger.beginLife();
                System.out.printf(
                        "%,d orders on %s in %s%s%n",
                        orders.size(),
                        settings.postgres() ? "PostgreSQL" : "SQLite",
                        settings.home(),
                        life == 1 ? "" : ", start number " + life);
                return settings.postgres() ? onPostgres(orders, ledger, life) : onSqlite(orders, ledger, life);
            }
        }
    }

    /** Everything in this process: it takes orders and works on them. */
    private int onSqlite(List<Order> orders, Ledger ledger, int life) {
        try (var romancy = Engines.worker(settings.sqliteUrl(), "orders", new World(ledger))) {
            return processed(romancy, orders, ledger, life, Fleet.NONE);
        }
    }

    /** This process takes orders, and others work on them. */
    private int onPostgres(List<Order> orders, Ledger ledger, int life) throws Exception {
        try (var postgres = LocalPostgres.startOrFind(settings.cluster());
                var romancy = Engines.client(postgres.url(), "orders");
                var fleet = WorkerProcesses.start(settings, postgres.url())) {
            return processed(romancy, orders, ledger, life, fleet);
        }
    }

    private int processed(Romancy romancy, List<Order> orders, Ledger ledger, int life, Fleet fleet) {
        var workload = new Workload(romancy, orders, ledger, settings.perSecond(), fleet, stop);
        if (!workload.runToTheEnd()) {
            System.out.println("Stopped. The same command goes on.");
            return STOPPED;
        }
        var audit = Audit.of(orders, romancy, ledger);
        new Report(audit, ledger.totals(), life, fleet.restarts()).print(System.out);
        return audit.problems().isEmpty() ? ADDS_UP : DOES_NOT_ADD_UP;
    }
}
