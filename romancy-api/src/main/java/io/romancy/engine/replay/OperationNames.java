package io.romancy.engine.replay;

import java.util.HashMap;
import java.util.Map;

/**
 * Names the operations of a run by what they are and how often that came before, such as {@code charge:2} or {@code timer:sleep_1}. The
 * same code gives the same names on every replay; other code is found out by them.
 */
final class OperationNames {
    private final Map<String, Integer> counts = new HashMap<>(2);

    String step(String name) {
        return name + ":" + count(name);
    }

    String of(String operation, String name) {
        String full = operation + ":" + name;
        return full + "_" + count(full);
    }

    private int count(String name) {
        return counts.merge(name, 1, Integer::sum);
    }
}
