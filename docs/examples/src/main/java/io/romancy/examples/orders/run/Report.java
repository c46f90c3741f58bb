package io.romancy.examples.orders.run;

import io.romancy.examples.orders.world.Ledger;
import io.romancy.examples.orders.world.Service;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** What is said at the end. */
final class Report {
    private static final int SHOWN = 20;

    private final Audit audit;
    private final Map<Service, Ledger.Total> world;
    private final int life;
    private final int restarts;

    Report(Audit audit, Map<Service, Ledger.Total> world, int life, int restarts) {
        this.audit = audit;
        this.world = world;
        this.life = life;
        this.restarts = restarts;
    }

    void print(PrintStream out) {
        ends(out);
        world(out);
        verdict(out);
    }

    private void ends(PrintStream out) {
        out.println();
        out.println("How the orders ended, in Romancy's records");
        for (var end : End.values()) {
            line(out, end.words(), audit.ends().getOrDefault(end, 0), "");
        }
        int sum = audit.ends().values().stream().mapToInt(Integer::intValue).sum();
        line(out, "together", sum, "of %,d".formatted(audit.orders()));
    }

    private void world(PrintStream out) {
        out.println();
        out.println("What the outside world did, in its own ledger");
        world.forEach((service, total) -> line(out, service.done(), total.done(), callsAgain(service, total)));
        line(out, "euros charged", audit.charged() / 100, "of %,d owed".formatted(audit.cents() / 100));
    }

    private static String callsAgain(Service service, Ledger.Total total) {
        int again = total.calls() - total.done();
        if (again == 0) {
            return "";
        }
        var why = service == Service.SHIP ? "after lost answers and crashes" : "after a crash";
        return "asked %s %s, done once".formatted(again == 1 ? "once more" : "%,d more times".formatted(again), why);
    }

    private void verdict(PrintStream out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "The program was started %d time%s%s.%n",
                life,
                life == 1 ? "" : "s",
                restarts == 0
                        ? ""
                        : ", and in this life %d dead worker%s replaced"
                                .formatted(restarts, restarts == 1 ? " was" : "s were"));
        var problems = audit.problems();
        if (problems.isEmpty()) {
            out.println("It adds up: no order lost, none charged twice, none shipped twice.");
            return;
        }
        out.printf(Locale.ROOT, "IT DOES NOT ADD UP, in %d places:%n", problems.size());
        problems.stream().limit(SHOWN).forEach(problem -> out.println("  " + problem));
        if (problems.size() > SHOWN) {
            out.println("  ..");
        }
    }

    private static void line(PrintStream out, String what, long count, String remark) {
        out.println("  %-32s %,9d  %s".formatted(what, count, remark).stripTrailing());
    }
}
