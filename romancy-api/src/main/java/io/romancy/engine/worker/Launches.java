package io.romancy.engine.worker;

import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.replay.Ending;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.replay.WorkflowRun;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ClaimedRun;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gives each run that came to this worker, with a slot, a thread of its own, or gives back both the run and the slot. */
final class Launches {
    private final Worker worker;
    private final Slots slots;
    private final ThreadSupply threads;
    private final BiConsumer<String, Ending> ended;

    Launches(Worker worker, Slots slots, ThreadSupply threads, BiConsumer<String, Ending> ended) {
        this.worker = worker;
        this.slots = slots;
        this.threads = threads;
        this.ended = ended;
    }

    /** A run that no thread can be started for is as one that ended elsewhere: the caller has others to launch. */
    Activation launch(ClaimedRun run, Instant now) {
        WorkflowDefinition definition =
                worker.toolbox().workflows().find(run.route()).orElseThrow();
        var activation = new Activation(worker, definition.route(), run, now);
        worker.runs().enter(activation);
        if (worker.isClosing()) {
            activation.session().abandon(Unwind.Reason.CLOSING);
        }
        try {
            activation.started(worker.environment()
                    .startRun("romancy-run-" + run.claim().id(), () -> live(activation, definition)));
            threads.started();
        } catch (RuntimeException | Error e) { // no memory, or no thread, for one more
            notStarted(activation, e);
        }
        return activation;
    }

    /** For the run's own thread, which may wait for days: whatever it holds on to here, it holds on to all that time. */
    private void live(Activation activation, WorkflowDefinition definition) {
        if (!activation.begin()) {
            return;
        }
        @Nullable Ending ending = null;
        try {
            ending = new WorkflowRun(activation.session(), definition, worker.toolbox()).run();
        } finally {
            leave(activation);
            if (activation.isLeft()) {
                worker.answerLost(); // if it is still ours, the pulse finds it
            }
            if (ending != null) {
                ended.accept(activation.session().claim().id(), ending);
            }
            activation.ending().complete(ending);
        }
    }

    /**
     * Nobody would work on it, and the pulse would think that somebody does. What failed may have come after the thread's start: whoever
     * begins first has the run.
     */
    private void notStarted(Activation activation, Throwable why) {
        if (!activation.begin()) {
            return;
        }
        leave(activation);
        var release = new Commit.OfRun(activation.session().claim(), List.of(), new Transition.Release());
        threads.failed(release.claim().id(), why);
        try {
            worker.pipeline().submit(release, answer -> released(activation, release, answer));
        } catch (RuntimeException | Error e) { // what no thread is left for may have no memory either
            worker.answerLost();
        }
        activation.ending().complete(null);
    }

    /** One that something came for meanwhile is still ours: the pulse finds it. */
    private void released(Activation activation, Commit.OfRun release, CommitResult answer) {
        if (answer instanceof CommitResult.Taken) {
            worker.signals().afterCommit(release, activation.session().route(), false);
        } else {
            worker.answerLost();
        }
    }

    private void leave(Activation activation) {
        worker.runs().leave(activation);
        while (activation.loseSlot()) {
            slots.free(1);
        }
    }
}
