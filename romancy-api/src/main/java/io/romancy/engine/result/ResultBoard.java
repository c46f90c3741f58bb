package io.romancy.engine.result;

import io.romancy.api.error.WorkflowNotFoundException;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.InstanceStore;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for which instance. One query asks for all of them, at once for a new one, then after 50 ms, growing to 1 s; what ends in this
 * process is told without one. While nobody waits, nothing happens.
 */
public final class ResultBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultBoard.class);
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE = TimeUnit.HOURS.toNanos(1);
    private static final long CLOSE_DEADLINE = TimeUnit.SECONDS.toNanos(5);
    private static final int PAGE = 1000;

    private final Environment environment;
    private final InstanceStore instances;
    private final StepLoop loop;
    private final Map<String, List<CompletableFuture<Outcome>>> awaited = new ConcurrentHashMap<>();
    private final Seldom brokenLog = new Seldom();
    private volatile boolean fresh;
    private volatile boolean closed;
    private long pause; // only the loop's thread

    public ResultBoard(Environment environment, InstanceStore instances) {
        this.environment = environment;
        this.instances = instances;
        this.loop = new StepLoop(environment, "romancy-results", this::step);
    }

    public void start() {
        loop.start();
    }

    /**
     * Completes when the instance has ended or is stuck; exceptionally if there is none of this id. Whoever gives up says so by
     * {@link #giveUp}, so that nobody asks on his behalf any more.
     */
    public CompletableFuture<Outcome> await(String id) {
        if (closed) {
            return CompletableFuture.failedFuture(closedError());
        }
        var mine = new CompletableFuture<Outcome>();
        awaited.compute(id, (key, others) -> others == null ? List.of(mine) : plus(others, mine));
        fresh = true;
        loop.wake();
        if (closed) { // perhaps since it was asked above, and then nobody else tells this one
            fail(id, closedError());
        }
        return mine;
    }

    private static List<CompletableFuture<Outcome>> plus(
            List<CompletableFuture<Outcome>> others, CompletableFuture<Outcome> mine) {
        List<CompletableFuture<Outcome>> all = new ArrayList<>(others);
        all.add(mine);
        return all;
    }

    void giveUp(String id, CompletableFuture<Outcome> mine) {
        awaited.computeIfPresent(id, (key, all) -> {
            List<CompletableFuture<Outcome>> rest =
                    all.stream().filter(one -> !is(one, mine)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    @SuppressWarnings("ReferenceEquality") // a future is one of its kind
    private static boolean is(CompletableFuture<Outcome> one, CompletableFuture<Outcome> other) {
        return one == other;
    }

    /** An instance ended in this process. */
    public void ended(Outcome outcome) {
        if (!awaited.isEmpty()) {
            List<CompletableFuture<Outcome>> waiting = awaited.remove(outcome.id());
            if (waiting != null) {
                waiting.forEach(one -> one.complete(outcome));
            }
        }
    }

    private long step() {
        boolean first = fresh;
        fresh = false;
        look();
        pause = first ? FIRST : Math.min(LONGEST, pause * 3 / 2);
        return awaited.isEmpty() ? IDLE : pause;
    }

    private void look() {
        List<String> ids = new ArrayList<>(awaited.keySet());
        for (int from = 0; from < ids.size() && !closed; from += PAGE) {
            List<String> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
            try {
                tell(page, instances.outcomes(page));
            } catch (RomancyException e) {
                // whoever waits has a deadline of his own; the storage's failure shows where work is done
                LOG.debug("The outcomes of {} instances could not be read", page.size(), e);
            } catch (RuntimeException | Error e) {
                if (brokenLog.now(environment.nanoTime())) {
                    LOG.warn(
                            "The storage broke while it was asked for outcomes; whoever waits for one goes on waiting{}",
                            brokenLog.heldBack(),
                            e);
                }
            }
        }
    }

    private void tell(List<String> asked, List<Outcome> found) {
        Map<String, Outcome> byId = new HashMap<>();
        found.forEach(outcome -> byId.put(outcome.id(), outcome));
        for (String id : asked) {
            Outcome outcome = byId.get(id);
            if (outcome == null) {
                fail(id, new WorkflowNotFoundException(id));
            } else if (outcome.status().isFinal() || outcome.status() == InstanceStatus.STUCK) {
                ended(outcome);
            }
        }
    }

    private void fail(String id, RomancyException error) {
        List<CompletableFuture<Outcome>> waiting = awaited.remove(id);
        if (waiting != null) {
            waiting.forEach(one -> one.completeExceptionally(error));
        }
    }

    private static RomancyException closedError() {
        return new RomancyException(
                ErrorCode.CLOSED, "The engine is closed, so nobody looks for results any more. Ask another one.");
    }

    @Override
    public void close() {
        closed = true;
        loop.stop();
        loop.join(CLOSE_DEADLINE);
        List.copyOf(awaited.keySet()).forEach(id -> fail(id, closedError()));
    }
}
