package io.romancy.testkit.replay;

import io.romancy.engine.replay.RecordKind;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history and what today's code asked for, side by side. */
final class Comparison {
    private static final int BEFORE = 5;
    private static final int AFTER = 3;
    private static final int WIDEST = 60;
    private static final int MOST_OF_AN_OUTCOME = 500;

    private final RecordedHistory history;
    private final Map<Integer, String> asked = new HashMap<>();

    Comparison(RecordedHistory history, List<ReplayHost.Asked> asked) {
        this.history = history;
        asked.forEach(one -> this.asked.put(one.position(), one.operation()));
    }

    /** Two lines beside each other. */
    private record Row(String place, String recorded, String found, boolean differs) {
        String text(int width) {
            return "%s %5s  %s  %s"
                    .formatted(differs ? ">" : " ", place, pad(cut(recorded, WIDEST), width), found)
                    .stripTrailing();
        }

        private static String pad(String text, int width) {
            return text + " ".repeat(Math.max(0, width - text.length()));
        }
    }

    /**
     * They part here.
     *
     * @param position where; null for behind the last record
     * @param found what today's code has there
     * @param remark what else is known
     */
    Misfit at(@Nullable Integer position, String found, String remark) {
        List<Row> rows = new ArrayList<>();
        int parting = -1;
        for (StepRecord step : history.steps()) {
            boolean here = position != null && parting < 0 && step.position() >= position;
            if (here) {
                parting = rows.size();
            }
            rows.add(new Row(
                    String.valueOf(step.position()),
                    label(step),
                    here ? found : parting < 0 ? asked.getOrDefault(step.position(), "(passed over)") : "",
                    here));
        }
        boolean atEnd = parting < 0;
        parting = atEnd ? rows.size() : parting;
        rows.add(new Row("end", end(), atEnd ? found : "", atEnd));
        Row differs = rows.get(parting);
        return new Misfit(message(rows, parting, remark), differs.recorded(), differs.found());
    }

    private String message(List<Row> rows, int parting, String remark) {
        int from = Math.max(0, parting - BEFORE);
        int to = Math.min(rows.size(), parting + AFTER + 1);
        List<Row> shown = new ArrayList<>();
        shown.add(new Row("", "recorded", "today's code", false));
        if (from > 0) {
            shown.add(new Row("..", "(" + from + " more)", "", false));
        }
        shown.addAll(rows.subList(from, to));
        if (to < rows.size()) {
            shown.add(new Row("..", "(" + (rows.size() - to) + " more)", "", false));
        }
        int width = shown.stream()
                .mapToInt(row -> Math.min(WIDEST, row.recorded().length()))
                .max()
                .orElse(0);
        String table = shown.stream().map(row -> row.text(width)).collect(Collectors.joining("\n"));
        return "history and today's code part at the line with >\n\n" + table + "\n\n"
                + (remark.isEmpty() ? "" : remark + "\n\n") + remedy();
    }

    private String remedy() {
        int next = history.route().version() + 1;
        return "Running instances with such a history would go another way than they began, or get stuck. Take the change back;"
                + " or keep the old code for them and give the new code a version of its own, such as @Workflow(value = \""
                + history.route().workflow() + "\", version = " + next
                + "). If no instance is underway in such a place, record the history anew.";
    }

    private String end() {
        if (history.isOver()) {
            return outcome(history.status(), history.outcome());
        }
        return history.waitsFor().isEmpty()
                ? history.status().name()
                : history.status() + " for a message on " + String.join(", ", history.waitsFor());
    }

    static String outcome(InstanceStatus status, @Nullable Payload payload) {
        return cut(status + " " + PayloadJson.line(payload), MOST_OF_AN_OUTCOME).strip();
    }

    private static String label(StepRecord step) {
        RecordKind kind = RecordKind.of(step);
        return (kind == null ? "kind " + step.kind() : kind.name()) + " " + step.name();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 2) + "..";
    }
}
