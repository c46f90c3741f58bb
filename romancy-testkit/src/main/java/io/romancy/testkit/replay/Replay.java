package io.romancy.testkit.replay;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.engine.codec.Codecs;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.codec.JacksonCodec;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.engine.replay.RunSession;
import io.romancy.engine.replay.Toolbox;
import io.romancy.engine.replay.WorkflowRun;
import io.romancy.engine.seam.Observer;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One history on its way through today's code, by the replay of the engine itself: no database, no body of a step, and nothing after the
 * last record.
 */
final class Replay {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final RecordedHistory history;
    private final WorkflowDefinition definition;
    private final Codecs codecs = new Codecs(new JacksonCodec(Integer.MAX_VALUE), List.of());
    private final FailureCodec failures;
    private final ReplayHost host;
    private final RunSession session;
    private final WorkflowRun run;

    Replay(RecordedHistory history, WorkflowDefinition definition, WorkflowRegistry workflows) {
        this.history = history;
        this.definition = definition;
        this.failures = new FailureCodec(loader());
        this.host = new ReplayHost(history);
        var claim = new Claim(history.run(), history.id(), 1, 0);
        var claimed = new ClaimedRun(
                claim,
                history.route(),
                history.input(),
                history.startedAt(),
                history.stepsBeforeEnd(),
                true,
                List.of(),
                true,
                null,
                Duration.ZERO);
        // long ago: nothing that the history left open is due
        this.session = new RunSession(host, history.route(), claimed, Instant.MIN);
        var toolbox = new Toolbox(
                codecs,
                failures,
                RetryPolicy.defaults(),
                workflows,
                event -> {},
                (name, step, attempt, body) -> {
                    throw new IllegalStateException("no body of a step runs in a replay, yet '" + name + "' would");
                },
                Observer.NONE);
        this.run = new WorkflowRun(session, definition, toolbox);
    }

    private static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? Replay.class.getClassLoader() : loader;
    }

    /** Replays; returns what does not fit, or null if all of it does. */
    @Nullable
    Misfit misfit() {
        try {
            codecs.decode(history.input(), definition.input());
        } catch (RomancyException e) {
            return Misfit.unreadable("input", history.input(), String.valueOf(e.getMessage()));
        }
        Thread thread = Thread.ofVirtual().name("replay of " + history.id()).start(run::run);
        return ends(thread) ? new Verdict(history, host, session, failures).misfit() : Misfit.hangs(thread, DEADLINE);
    }

    private static boolean ends(Thread thread) {
        try {
            if (thread.join(DEADLINE)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        return false;
    }
}
