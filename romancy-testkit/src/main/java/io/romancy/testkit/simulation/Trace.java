package io.romancy.testkit.simulation;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What happened, for whoever has to understand a failure: all that was done on purpose, and the last of the rest. */
final class Trace {
    private static final int KEPT = 120;

    private final Scheduler scheduler;
    private final List<Line> onPurpose = new ArrayList<>();
    private final Deque<Line> last = new ArrayDeque<>();
    private final Map<SimulatedFault, Integer> faults = new EnumMap<>(SimulatedFault.class);

    Trace(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Written as text only when somebody reads it. */
    private record Line(long at, String who, Object what) {
        @Override
        public String toString() {
            return String.format("  %10.6f s  %-9s  %s", at / 1e9, who, what);
        }
    }

    /** Something happened; what it is must not change any more. */
    void happened(String who, Object what) {
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(new Line(scheduler.now(), who, what));
    }

    /** Something was done on purpose, and lasts or is remarkable. */
    void done(SimulatedFault fault, String who, Object what) {
        onPurpose.add(new Line(scheduler.now(), who, what));
        happened(who, what);
        count(fault);
    }

    void count(SimulatedFault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    Map<SimulatedFault, Integer> faults() {
        return faults;
    }

    /** Keeps what an engine reports, without what it does all the time. */
    EngineListener of(SimulatedProcess process) {
        return event -> {
            switch (event) {
                case EngineEvent.PollFinished polled -> {}
                case EngineEvent.HintReceived hint -> {}
                case EngineEvent.HintsSent hints -> {}
                default -> happened(process.name(), event);
            }
        };
    }

    String describe() {
        StringBuilder text = new StringBuilder("What was done on purpose:\n");
        onPurpose.forEach(line -> text.append(line).append('\n'));
        text.append("The last that happened:\n");
        last.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
