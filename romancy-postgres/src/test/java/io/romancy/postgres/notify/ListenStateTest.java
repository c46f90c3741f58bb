package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.notification.SourceState;
import org.junit.jupiter.api.Test;

class ListenStateTest {
    private final ListenState state = new ListenState();

    @Test
    void connectedComesWithAGapAndProvesNothingYet() {
        var told = state.connected();

        assertThat(told).isNotNull();
        assertThat(told.gap()).isNotNull();
        assertThat(state.state()).isEqualTo(SourceState.PROBING);
    }

    @Test
    void anEchoMakesItLiveOnce() {
        state.connected();

        assertThat(state.heard()).isNotNull();
        assertThat(state.heard()).isNull();
        assertThat(state.state()).isEqualTo(SourceState.LIVE);
    }

    @Test
    void silenceDegradesItAndTheNextEchoComesWithAGap() {
        state.connected();
        state.heard();
        assertThat(state.silent("no echo")).isNotNull();
        assertThat(state.silent("no echo")).isNull();

        var told = state.heard();

        assertThat(told).isNotNull();
        assertThat(told.gap()).isNotNull();
    }

    @Test
    void anEchoOfALostConnectionChangesNothing() {
        state.connected();
        state.heard();
        state.lost("cut");

        assertThat(state.heard()).isNull();
        assertThat(state.silent("no echo")).isNull();
        assertThat(state.state()).isEqualTo(SourceState.DOWN);
    }

    @Test
    void whoeverConnectsAnewIsNotLiveAlsoIfTheLossWasNotTold() {
        state.connected();
        state.heard();

        assertThat(state.connecting()).isNotNull();
        assertThat(state.state()).isEqualTo(SourceState.CONNECTING);
        var told = state.connected();
        assertThat(told).isNotNull();
        assertThat(told.gap()).isNotNull();
    }

    @Test
    void closedIsTheEnd() {
        state.closed();

        assertThat(state.connecting()).isNull();
        assertThat(state.connected()).isNull();
        assertThat(state.lost("cut")).isNull();
        assertThat(state.closed()).isNull();
        assertThat(state.state()).isEqualTo(SourceState.CLOSED);
    }
}
