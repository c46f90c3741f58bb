package io.romancy.testkit.simulation;

import io.romancy.api.Romancy;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Someone outside who asks workers to do something, each time one that serves, and has to live with workers that die under the request and
 * answers that are lost. For its own thread.
 */
public final class SimulatedClient {
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONG = TimeUnit.SECONDS.toNanos(5);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final String name;
    private final Scheduler scheduler;
    private final Surroundings surroundings;
    private final SplittableRandom dice;
    private final Trace trace;
    private long askedAt = Long.MAX_VALUE;

    SimulatedClient(String name, Scheduler scheduler, Surroundings surroundings, SplittableRandom dice, Trace trace) {
        this.name = name;
        this.scheduler = scheduler;
        this.surroundings = surroundings;
        this.dice = dice;
        this.trace = trace;
    }

    /** What is asked of a worker. */
    @FunctionalInterface
    public interface Request<T extends @Nullable Object> {
        /** Asks. May be called again, with another worker, when the answer was lost. */
        T ask(Romancy romancy) throws Exception;
    }

    /** What a worker is told to do. */
    @FunctionalInterface
    public interface Order {
        /** Tells. May be called again, with another worker, when the answer was lost. */
        void tell(Romancy romancy) throws Exception;
    }

    /**
     * Asks until there is an answer. A request whose answer was lost may have taken effect, so give starts their ids and messages their keys.
     * Refusals are answers and are thrown.
     */
    public <T extends @Nullable Object> T ask(Request<T> request) throws Exception {
        long end = scheduler.now() + PATIENCE.toNanos();
        while (scheduler.now() < end) {
            Machine machine = machine();
            if (machine != null) {
                try {
                    return visit(machine, request);
                } catch (Unanswered lost) {
                    trace.happened(name, "gets no answer from " + machine.name());
                }
            }
            scheduler.sleep(dice.nextLong(BETWEEN));
        }
        throw new AssertionFailedError(name + " got no answer within " + PATIENCE);
    }

    /** Tells until it is confirmed. */
    public void tell(Order order) throws Exception {
        ask(romancy -> {
            order.tell(romancy);
            return name;
        });
    }

    /** Tells once; false if there was no answer, so that nobody knows whether it took effect. */
    public boolean tellOnce(Order order) throws Exception {
        Machine machine = machine();
        if (machine == null) {
            return false;
        }
        try {
            visit(machine, romancy -> {
                order.tell(romancy);
                return name;
            });
            return true;
        } catch (Unanswered lost) {
            return false;
        }
    }

    String name() {
        return name;
    }

    /** Whether it has been waiting for an answer for longer than a call takes once nothing goes wrong any more. */
    boolean waitsLong(long healed) {
        return Math.max(askedAt, healed) < scheduler.now() - LONG;
    }

    private @Nullable Machine machine() {
        List<Machine> serving = surroundings.serving();
        return serving.isEmpty() ? null : serving.get(dice.nextInt(serving.size()));
    }

    /** The request was not answered: no failure that a scenario could catch. */
    private static final class Unanswered extends Error {
        private static final long serialVersionUID = 1L;

        private Unanswered(Throwable cause) {
            super(cause);
        }
    }

    private <T extends @Nullable Object> T visit(Machine machine, Request<T> request) throws Exception {
        Romancy romancy = machine.opened();
        SimulatedFiber me = scheduler.current();
        machine.process().welcome(me);
        askedAt = scheduler.now();
        try {
            T answer = request.ask(romancy);
            if (machine.process().isDead()) {
                throw new ProcessDied();
            }
            return answer;
        } catch (Exception | ProcessDied e) {
            if (e instanceof ProcessDied || machine.process().isDead() || isLost(e)) {
                throw new Unanswered(e);
            }
            throw e;
        } finally {
            askedAt = Long.MAX_VALUE;
            machine.process().sayGoodbye(me);
        }
    }

    private static boolean isLost(Throwable e) {
        return e instanceof RomancyException known
                && (known instanceof StorageException
                        || switch (known.code()) {
                            case CLOSED, STORAGE_FAILED, STORAGE_CLOSED, STORAGE_BUSY -> true;
                            default -> false;
                        });
    }
}
