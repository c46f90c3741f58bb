package io.romancy.engine.replay;

import java.util.HashMap;
import java.util.Map;

/**
 * Names the operations of a run by what they are and how often that came before, such as {@code charge:2} or {@code timer:sleep_1}. The
 * same code gives the same names on every replay; other code is found out by them.
 */
final class OperationNames {
    private final Map<String, Integer> counts = new HashMap<>(2);
    private String prefix = "";

    /** Begins anew inside of something that is passed over as a whole once it is done: its names depend on nothing before it. */
    void inside(String name) {
        prefix = name + "/";
        counts.clear();
    }

    String step(String name) {
        return prefix + name + ":" + count(name);
    }

    String of(String operation, String name) {
        String full = operation + ":" + name;
        return prefix + full + "_" + count(full);
    }

    private int count(String name) {
        return counts.merge(name, 1, Integer::sum);
    }
}
