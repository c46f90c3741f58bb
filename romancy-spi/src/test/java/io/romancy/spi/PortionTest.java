package io.romancy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortionTest {
    @Test
    void whatJustFitsIsComplete() {
        var portion = Portion.of(3, 10);

        assertThat(taken(portion, 5, 3, 2)).containsExactly(5, 3, 2);
        assertThat(portion.isComplete()).isTrue();
    }

    @Test
    void whatIsMoreByNumberOrBySizeIsNot() {
        var byNumber = Portion.of(2, 10);
        var bySize = Portion.of(3, 9);

        assertThat(taken(byNumber, 1, 1, 1)).containsExactly(1, 1);
        assertThat(taken(bySize, 5, 3, 2)).containsExactly(5, 3);
        assertThat(byNumber.isComplete()).isFalse();
        assertThat(bySize.isComplete()).isFalse();
    }

    @Test
    void theFirstComesInAnyCaseOnlyWhereThatWasAskedFor() {
        assertThat(taken(Portion.of(3, 10), 11, 1)).isEmpty();
        assertThat(taken(Portion.ofAtLeastOne(3, 10), 11, 1)).containsExactly(11);
    }

    @Test
    void oneMoreThanTheLimitIsAskedFor() {
        assertThat(Portion.of(3, 10).rows()).isEqualTo(4);
        assertThat(Portion.of(Integer.MAX_VALUE, 10).rows()).isEqualTo(Integer.MAX_VALUE);
    }

    private static List<Integer> taken(Portion portion, Integer... sizes) {
        return Stream.of(sizes).takeWhile(portion::takes).toList();
    }
}
