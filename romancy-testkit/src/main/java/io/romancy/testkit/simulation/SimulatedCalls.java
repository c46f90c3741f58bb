package io.romancy.testkit.simulation;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.testkit.fault.Calls;
import io.romancy.testkit.fault.StorageCall;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The way from one worker to the storage and back. It takes time, others come between, and in bad weather a call or its answer is lost. What
 * happens at the storage itself happens at once.
 */
final class SimulatedCalls implements Calls {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long VERY_LONG = TimeUnit.SECONDS.toNanos(4);

    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final Weather weather;
    private final SplittableRandom dice;
    private final Trace trace;

    SimulatedCalls(Scheduler scheduler, SimulatedProcess process, Weather weather, SplittableRandom dice, Trace trace) {
        this.scheduler = scheduler;
        this.process = process;
        this.weather = weather;
        this.dice = dice;
        this.trace = trace;
    }

    @Override
    public <T> T ask(StorageCall call, Supplier<T> inner) {
        travel();
        if (isMet(SimulatedFault.LOST_CALLS)) {
            throw lost(SimulatedFault.LOST_CALLS, call, "never reached the storage");
        }
        if (comesLate(call)) {
            later(inner);
            throw lost(SimulatedFault.LATE_CALLS, call, "was given up and is still on its way");
        }
        T answer = inner.get();
        travel();
        if (isMet(SimulatedFault.LOST_ANSWERS)) {
            throw lost(SimulatedFault.LOST_ANSWERS, call, "took effect, but its answer was lost");
        }
        return answer;
    }

    private boolean isMet(SimulatedFault fault) {
        double chance = weather.chanceOf(fault);
        return chance > 0 && dice.nextDouble() < chance;
    }

    private boolean comesLate(StorageCall call) {
        return switch (call) {
            case COMMIT, CLAIM, DISPATCH, REAP, OUTBOX_LOOK, OUTBOX_RECORD -> isMet(SimulatedFault.LATE_CALLS);
            default -> false;
        };
    }

    /** The server goes on with the statement, whatever becomes of who sent it. */
    private void later(Supplier<?> inner) {
        long delay = dice.nextLong(VERY_LONG);
        scheduler.spawn("server", null, () -> {
            scheduler.sleep(delay);
            try {
                var unheard = inner.get();
                trace.happened(
                        "server",
                        "a late call takes effect: "
                                + (unheard == null ? "" : unheard.getClass().getSimpleName()));
            } catch (StorageException e) {
                trace.happened("server", "drops a late call: " + e.getMessage()); // the worker was closed meanwhile
            }
        });
    }

    /** There or back. */
    private void travel() {
        if (weather.chanceOf(SimulatedFault.SLOW_STORAGE) > dice.nextDouble()) {
            scheduler.sleep(dice.nextLong(VERY_LONG));
        } else {
            switch (dice.nextInt(16)) {
                case 0 -> scheduler.sleep(dice.nextLong(LONG));
                case 1, 2, 3, 4, 5 -> scheduler.sleep(dice.nextLong(SHORT));
                default -> scheduler.pause();
            }
        }
        if (process.isDead()) {
            throw new StorageException(
                    ErrorCode.STORAGE_CLOSED, "The process of " + process.name() + " died on purpose", null, false);
        }
    }

    private StorageException lost(SimulatedFault fault, StorageCall call, String how) {
        trace.count(fault);
        trace.happened(process.name(), call + " " + how);
        return new StorageException(ErrorCode.STORAGE_FAILED, "A fault on purpose: " + call + " " + how, null, true);
    }
}
