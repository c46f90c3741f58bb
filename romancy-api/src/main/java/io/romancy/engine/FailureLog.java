package io.romancy.engine;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator by what workflows and steps fail, when nobody asks for their results: of each name once a minute, because what fails may
 * fail by the thousands. Thread-safe.
 */
final class FailureLog implements EngineListener {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    /** Names that carry data are told apart no longer. */
    private static final int MOST_NAMES = 200;

    private final Environment environment;
    private final Names steps = new Names();
    private final Names workflows = new Names();

    FailureLog(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void on(EngineEvent event) {
        switch (event) {
            case EngineEvent.RetryScheduled retry -> retried(retry);
            case EngineEvent.WorkflowEnded ended -> ended(ended);
            default -> {}
        }
    }

    private void retried(EngineEvent.RetryScheduled retry) {
        Seldom seldom = steps.of(Operation.Attempt.kindOf(retry.step()));
        if (seldom.now(environment.nanoTime())) {
            LOG.warn(
                    "Attempt {} of '{}' in instance {} failed; the next one is in {} ms{}",
                    retry.attempt(),
                    retry.step(),
                    retry.id(),
                    retry.pause().toMillis(),
                    seldom.heldBack(),
                    retry.failure());
        }
    }

    private void ended(EngineEvent.WorkflowEnded ended) {
        if (ended.failure() != null) {
            Seldom seldom = workflows.of(ended.route().workflow());
            if (seldom.now(environment.nanoTime())) {
                LOG.warn(
                        "Instance {} of workflow {} failed{}",
                        ended.id(),
                        ended.route(),
                        seldom.heldBack(),
                        ended.failure());
            }
        }
    }

    private static final class Names {
        private final Map<String, Seldom> known = new ConcurrentHashMap<>();
        private final Seldom others = new Seldom();

        Seldom of(String name) {
            Seldom one = known.get(name);
            if (one == null) {
                one = known.size() < MOST_NAMES ? known.computeIfAbsent(name, n -> new Seldom()) : others;
            }
            return one;
        }
    }
}
