package io.romancy.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.model.Claim;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private final Foresight foresight = new Foresight();

    @Test
    void aWorkerThatHasJustBegunAsksForHistories() {
        assertThat(foresight.histories()).isTrue();
    }

    @Test
    void whereClaimsMeetThreadsThatWaitItDoesNot() {
        resumed(100);

        assertThat(foresight.histories()).isFalse();
    }

    @Test
    void newRunsSayNothing() {
        for (int i = 0; i < 100; i++) {
            foresight.met(at(1), false);
        }
        assertThat(foresight.histories()).isTrue();

        resumed(100);
        for (int i = 0; i < 100; i++) {
            foresight.met(at(1), false);
        }
        assertThat(foresight.histories()).isFalse();
    }

    @Test
    void aFewReplaysAreEnoughToAskAgain() {
        resumed(1000);

        for (int i = 0; i < 5; i++) {
            foresight.met(at(2), false);
        }

        assertThat(foresight.histories()).isTrue();
    }

    @Test
    void itAsksWhileMoreThanOneInFiveIsReplayed() {
        for (int i = 0; i < 100; i++) {
            resumed(3);
            foresight.met(at(7), false);
        }
        assertThat(foresight.histories()).isTrue();

        for (int i = 0; i < 100; i++) {
            resumed(9);
            foresight.met(at(7), false);
        }
        resumed(9);
        assertThat(foresight.histories()).isFalse();
    }

    private void resumed(int times) {
        for (int i = 0; i < times; i++) {
            foresight.met(at(2), true);
        }
    }

    private static Claim at(long fence) {
        return new Claim(1, "id", fence, 0);
    }
}
