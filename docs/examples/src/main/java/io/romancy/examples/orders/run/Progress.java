package io.romancy.examples.orders.run;

import io.romancy.examples.orders.world.Ledger;
import io.romancy.examples.orders.world.Service;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One line that changes on a terminal; elsewhere a line a second. */
final class Progress {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal = isTerminal();
    private final long intervalNanos = TimeUnit.MILLISECONDS.toNanos(terminal ? 250 : 1000);
    private final long begun = System.nanoTime();
    private long shown = begun;

    Progress(PrintStream out) {
        this.out = out;
    }

    boolean isDue() {
        return System.nanoTime() - shown >= intervalNanos;
    }

    void show(int total, int in, int ended, Map<Service, Ledger.Total> world, Fleet fleet) {
        shown = System.nanoTime();
        var line = "%4d s | %,d of %,d in | %,d charged | %,d shipped | %,d ended%s"
                .formatted(
                        TimeUnit.NANOSECONDS.toSeconds(shown - begun),
                        in,
                        total,
                        done(world, Service.CHARGE),
                        done(world, Service.SHIP),
                        ended,
                        fleet.summary());
        if (terminal) {
            out.print(BACK_AND_CLEAR + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    void end() {
        if (terminal) {
            out.print(BACK_AND_CLEAR);
        }
    }

    private static int done(Map<Service, Ledger.Total> world, Service service) {
        var total = world.get(service);
        return total == null ? 0 : total.done();
    }

    /** From JDK 22 on there is a console also where output goes to a file, and a method that tells; before, neither. */
    @SuppressWarnings("SystemConsoleNull") // it is null on 21
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJdk22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
