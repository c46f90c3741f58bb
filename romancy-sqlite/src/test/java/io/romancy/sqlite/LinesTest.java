package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void readsBackWhatItWroteWhateverIsInTheTexts() {
        for (var texts : List.of(
                List.<String>of(),
                List.of("m:a"),
                List.of("m:a\nb", "t:\\n", "t:\\", "t:a\\\nb"),
                List.of("t:ü", "t: "))) {
            assertThat(Lines.split(Lines.join(texts))).isEqualTo(texts);
        }
    }

    @Test
    void keepsOneLineForEachText() {
        assertThat(Lines.join(List.of("m:a\nb", "t:c"))).isEqualTo("m:a\\nb\nt:c");
    }

    @Test
    void readsBackMapsWithEmptyTexts() {
        for (var map : List.of(
                Map.<String, String>of(), Map.of("", ""), Map.of("key", "", "", "value"), Map.of("a\nb", "c\\d\n"))) {
            assertThat(Lines.toMap(Lines.ofMap(map))).isEqualTo(map);
        }
    }
}
