package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    @Test
    void roundsUpAndRepeatsTheLast() {
        assertThat(Placeholders.of(List.of("a"))).isEqualTo("?");
        assertThat(Placeholders.of(List.of("a", "b", "c"))).isEqualTo("?, ?, ?, ?");
        assertThat(Placeholders.fill(List.of("a", "b", "c"))).containsExactly("a", "b", "c", "c");
        assertThat(Placeholders.fill(List.of("a", "b"))).containsExactly("a", "b");
    }

    @Test
    void hasFewTextsForManySizes() {
        assertThat(IntStream.rangeClosed(1, 1000)
                        .mapToObj(size -> Placeholders.of(Collections.nCopies(size, "x")))
                        .distinct())
                .hasSize(11);
    }
}
