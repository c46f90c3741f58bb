package io.romancy.testkit.replay;

import io.romancy.api.error.Failure;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.replay.RunSession;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.replay.WorkflowRun;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a replay came to where its history says. */
final class Verdict {
    private static final Pattern OCCURRENCE = Pattern.compile("_[0-9]+$");

    private final RecordedHistory history;
    private final ReplayHost host;
    private final RunSession session;
    private final FailureCodec failures;

    Verdict(RecordedHistory history, ReplayHost host, RunSession session, FailureCodec failures) {
        this.history = history;
        this.host = host;
        this.session = session;
        this.failures = failures;
    }

    @Nullable
    Misfit misfit() {
        Transition left = host.left();
        if (left instanceof Transition.Stick stuck) {
            return stuck(WorkflowRun.text(stuck.diagnosis()));
        }
        if (left instanceof Transition.End end) {
            return ended(end);
        }
        Unwind unwinding = session.unwinding();
        if (unwinding != null && unwinding.reason() == Unwind.Reason.EVICTED) {
            return stopped(host.asked().getLast());
        }
        return new Comparison(history, host.asked()).at(null, "stopped", "The log says why.");
    }

    private Misfit stuck(String diagnosis) {
        ReplayHost.Asked last = host.asked().isEmpty() ? null : host.asked().getLast();
        StepRecord recorded = last == null ? null : last.recorded();
        if (recorded != null && diagnosis.startsWith(ErrorCode.HISTORY_UNREADABLE.id())) {
            return Misfit.unreadable(
                    "record '" + recorded.name() + "' at position " + recorded.position(), recorded.body(), diagnosis);
        }
        var comparison = new Comparison(history, host.asked());
        return last != null && last.isOther()
                ? comparison.at(last.position(), last.operation(), "")
                : comparison.at(firstPassed(last), "ended here", diagnosis);
    }

    private static int firstPassed(ReplayHost.@Nullable Asked last) {
        return last == null ? 0 : last.position() + 1;
    }

    /** The code came to something that has no closed record. */
    private @Nullable Misfit stopped(ReplayHost.Asked next) {
        var comparison = new Comparison(history, host.asked());
        if (history.isOver()) {
            return comparison.at(null, next.operation(), "");
        }
        boolean waitsElsewhere = next.recorded() == null
                && history.status() == InstanceStatus.WAITING
                && history.waitsFor().stream().noneMatch(channel -> isReceive(next.operation(), channel));
        return waitsElsewhere ? comparison.at(null, next.operation(), "") : null;
    }

    /** An operation is named by its channel and its occurrence, behind the name of what it is inside of. */
    private static boolean isReceive(String operation, String channel) {
        String name = OCCURRENCE.matcher(operation).replaceFirst("");
        String expected = "receive:" + channel;
        return name.equals(expected) || name.endsWith("/" + expected);
    }

    private @Nullable Misfit ended(Transition.End end) {
        var comparison = new Comparison(history, host.asked());
        StepRecord last = history.lastRecord();
        boolean asRecorded = history.isOver()
                ? status(end) == history.status() && same(end, history.outcome()) && writes(last)
                : history.status() != InstanceStatus.WAITING;
        return asRecorded ? null : comparison.at(null, Comparison.outcome(status(end), end.payload()), "");
    }

    /** Whether the end comes with this record, or with none. */
    private boolean writes(@Nullable StepRecord last) {
        List<StepRecord> written = host.lastChanges().stream()
                .filter(Change.Append.class::isInstance)
                .map(change -> ((Change.Append) change).step())
                .toList();
        return last == null
                ? written.isEmpty()
                : written.size() == 1 && written.getFirst().kind() == last.kind();
    }

    private boolean same(Transition.End end, @Nullable Payload recorded) {
        return switch (end) {
            case Transition.Complete complete -> complete.payload().equals(recorded);
            case Transition.Fail fail -> recorded != null && same(describe(fail.payload()), describe(recorded));
            case Transition.Cancelled cancelled -> true;
        };
    }

    private Failure describe(Payload payload) {
        return failures.describe(payload);
    }

    /** Their stacks differ with every edit. */
    private static boolean same(Failure one, Failure other) {
        return one.type().equals(other.type()) && Objects.equals(one.message(), other.message());
    }

    private static InstanceStatus status(Transition.End end) {
        return switch (end) {
            case Transition.Complete complete -> InstanceStatus.COMPLETED;
            case Transition.Fail fail -> InstanceStatus.FAILED;
            case Transition.Cancelled cancelled -> InstanceStatus.CANCELLED;
        };
    }
}
