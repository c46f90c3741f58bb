package io.romancy.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/** The figures as a table in Markdown. What is required and not reached is bold, and named again below. */
final class Table {
    private static final String HEAD = """
            | what | measured | baseline | ratio | required | aim |
            |---|---|---|---|---|---|
            """;

    private Table() {}

    static String of(List<Figure> figures) {
        String rows = figures.stream().map(Table::row).collect(Collectors.joining());
        List<String> missed = figures.stream()
                .filter(figure -> !figure.reached())
                .map(Figure::what)
                .toList();
        return HEAD + rows + (missed.isEmpty() ? "" : "\nNot reached: " + String.join("; ", missed) + ".\n");
    }

    private static String row(Figure figure) {
        Double ratio = figure.ratio();
        Goal goal = figure.goal();
        boolean judgedByRatio = ratio != null;
        return "| " + figure.what()
                + " | " + emphasized(figure.measured(), !figure.reached() && !judgedByRatio)
                + " | " + figure.baseline()
                + " | " + (ratio == null ? "" : emphasized(Numbers.of(ratio), !figure.reached()))
                + " | " + (goal == null ? "" : goal.requiredText())
                + " | " + (goal == null ? "" : goal.aimText())
                + " |\n";
    }

    private static String emphasized(String text, boolean loud) {
        return loud ? "**" + text + "**" : text;
    }
}
