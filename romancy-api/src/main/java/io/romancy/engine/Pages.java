package io.romancy.engine;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Long lists, read page by page while they are consumed: no connection is held, and no list is longer in memory than a page. */
final class Pages {
    /** How many one query brings. */
    static final int SIZE = 200;

    private Pages() {}

    /**
     * What the pages have, in their order.
     *
     * @param page the one behind this element, or the first for null; one that is not full is the last
     */
    static <T> Stream<T> of(Function<@Nullable T, List<T>> page) {
        return Stream.iterate(
                        page.apply(null),
                        found -> !found.isEmpty(),
                        found -> found.size() < SIZE ? List.of() : page.apply(found.get(found.size() - 1)))
                .flatMap(List::stream);
    }
}
