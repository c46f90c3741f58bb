package io.romancy.postgres.soak;

import java.util.List;

/** All kinds of work. */
final class SoakCases {
    static final List<SoakCase> ALL = List.of(
            new Letters(), new Errands(), new Undone(), new CalledOff(), new Concert(), new Jobs(), new Orders());

    private SoakCases() {}

    static SoakCase of(String id) {
        return ALL.stream()
                .filter(kind -> id.startsWith(kind.name() + "-"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody began " + id));
    }
}
