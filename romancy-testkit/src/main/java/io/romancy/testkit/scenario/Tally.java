package io.romancy.testkit.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts what really happened, outside of any record: how often a body ran, and in which order. Thread-safe. */
final class Tally {
    private final List<String> marks = new ArrayList<>();

    synchronized void mark(String what) {
        marks.add(what);
    }

    /** Marks, and returns what was marked: the body of a step in one expression. */
    String marked(String what) {
        mark(what);
        return what;
    }

    synchronized int of(String what) {
        return Collections.frequency(marks, what);
    }

    synchronized List<String> all() {
        return List.copyOf(marks);
    }
}
