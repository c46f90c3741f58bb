package io.romancy.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {
    private int fed;
    private final Slots slots = new Slots(3, () -> fed++);

    @Test
    void eachIsExpectedForOneRunOnly() {
        assertThat(slots.takeOne()).isTrue();

        assertThat(slots.expectOne()).isTrue();
        assertThat(slots.expectOne()).isTrue();
        assertThat(slots.expectOne()).as("the third for two slots").isFalse();
        assertThat(slots.takeOne()).as("what is expected comes first").isFalse();
    }

    @Test
    void aClaimBringsWhatWasExpected() {
        slots.expectOne();
        slots.expectOne();

        assertThat(slots.takeForClaim(2)).isEqualTo(2);

        assertThat(slots.expectOne()).isTrue();
        assertThat(slots.expectOne()).isFalse();
    }

    @Test
    void whoeverFoundNoneIsFedByTheNextThatIsFree() {
        assertThat(slots.takeForClaim(5)).isEqualTo(3);
        slots.free(1);
        assertThat(fed).as("nobody found none").isZero();
        assertThat(slots.takeForClaim(1)).isEqualTo(1);

        assertThat(slots.takeForClaim(1)).isZero();
        slots.free(1);

        assertThat(fed).isEqualTo(1);
        slots.free(1);
        assertThat(fed).as("once").isEqualTo(1);
    }

    @Test
    void whoeverCouldNotBeExpectedIsFedToo() {
        slots.takeForClaim(3);
        assertThat(slots.expectOne()).isFalse();

        slots.free(1);

        assertThat(fed).isEqualTo(1);
    }

    @Test
    void whoeverAsksForMoreWhenSomeAreFreeIsFedAtOnce() {
        slots.takeForClaim(3);
        slots.askForMore();
        assertThat(fed).isZero();
        slots.free(1);
        assertThat(fed).isEqualTo(1);

        slots.askForMore();

        assertThat(fed).isEqualTo(2);
    }
}
