package io.romancy.testkit.simulation;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import java.util.stream.Collectors;

/** A commit and its answer, as a line to read. */
record Written(Commit commit, CommitResult result) {
    static String name(Claim claim) {
        return claim.id() + " at fence " + claim.fence();
    }

    @Override
    public String toString() {
        return text(commit) + " -> " + result.getClass().getSimpleName();
    }

    private static String text(Commit commit) {
        return switch (commit) {
            case Commit.OfRun run ->
                "writes " + name(run.claim()) + " "
                        + run.changes().stream().map(Written::text).collect(Collectors.joining(", ", "[", "]"))
                        + (run.transition() == null ? "" : " and " + text(run.transition()));
            case Commit.Start start -> "starts " + start.instance().id();
            case Commit.Publish publish ->
                "publishes " + publish.message().uid() + " to "
                        + publish.message().channel().text()
                        + (publish.message().target() == null
                                ? ""
                                : " of " + publish.message().target());
            case Commit.Cancel cancel -> "cancels " + cancel.id();
            case Commit.Retry retry -> "retries " + retry.id();
        };
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.Append append ->
                append.step().position() + ":" + append.step().name()
                        + (append.step().isOpen() ? " begun" : "");
            case Change.Consume consume -> "consumes " + consume.seq();
            case Change.Publish publish -> "publishes " + publish.message().uid();
            case Change.Start start -> "starts " + start.instance().id();
            case Change.Subscribe subscribe -> "subscribes " + subscribe.topic().text();
            case Change.Unsubscribe unsubscribe ->
                "unsubscribes " + unsubscribe.topic().text();
        };
    }

    private static String text(Transition transition) {
        return switch (transition) {
            case Transition.Suspend suspend ->
                "waits for " + suspend.channels() + (suspend.due() == null ? "" : " and " + suspend.due());
            case Transition.Release release -> "is released";
            case Transition.Stick stick -> "is stuck";
            case Transition.Complete complete -> "completes";
            case Transition.Fail fail -> "fails";
            case Transition.Cancelled cancelled -> "is cancelled";
        };
    }
}
