package io.romancy.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How lanes of the outbox come and go. */
class HeldLanesTest {
    private static final int ALL = 64;

    private final HeldLanes lanes = new HeldLanes(new Random(1));

    @BeforeEach
    void holdsAllAlone() {
        lanes.belongTo(new NodeId(UUID.randomUUID()));
        lanes.hold(holding(ALL, ALL));
    }

    private static OutboxHolding holding(int lanes, int share) {
        return new OutboxHolding(
                IntStream.range(0, lanes)
                        .mapToObj(number -> new OutboxLane(number, 1, ""))
                        .toList(),
                share);
    }

    private static Set<Integer> numbers(List<OutboxLane> lanes) {
        return lanes.stream().map(OutboxLane::number).collect(Collectors.toSet());
    }

    private Set<Integer> toLookAt() {
        lanes.beginRound();
        return numbers(lanes.toLookAt());
    }

    @Test
    void aloneItLooksAtAll() {
        assertThat(toLookAt()).hasSize(ALL);
        assertThat(lanes.giveUp(Set.of())).isEmpty();
        assertThat(lanes.areMoving()).isFalse();
    }

    @Test
    void anotherGetsBusyLanesAndIdleOnesAlike() {
        Set<Integer> busy = IntStream.range(0, 20).boxed().collect(Collectors.toSet());

        lanes.hold(holding(ALL, ALL / 2));
        Set<Integer> staying = toLookAt();

        assertThat(staying).hasSize(ALL / 2);
        assertThat(busy).isNotEmpty().anyMatch(lane -> !staying.contains(lane)).anyMatch(staying::contains);
    }

    @Test
    void aBusyLaneIsGivenUpOnceNothingIsOnItsWay() {
        Set<Integer> busy = IntStream.range(0, ALL).boxed().collect(Collectors.toSet());
        lanes.hold(holding(ALL, ALL / 2));
        Set<Integer> staying = toLookAt();

        assertThat(lanes.giveUp(busy)).isEmpty();
        assertThat(lanes.areMoving()).isTrue();
        lanes.hold(holding(ALL, ALL / 2));
        assertThat(toLookAt()).as("once chosen").isEqualTo(staying);

        assertThat(numbers(lanes.giveUp(staying))).hasSize(ALL / 2).doesNotContainAnyElementsOf(staying);
        assertThat(lanes.size()).isEqualTo(ALL / 2);
        assertThat(lanes.areMoving()).isFalse();
        assertThat(toLookAt()).isEqualTo(staying);
    }

    @Test
    void aLaneThatLeavesIsNoReasonToLookAgain() {
        lanes.hold(holding(ALL, ALL / 2));
        lanes.beginRound();

        lanes.looked(lanes.toLookAt(), new OutboxHeads(List.of(), lanes.toLookAt(), false, null));

        assertThat(lanes.isRoundOver()).isTrue();
    }

    @Test
    void whatLeavesStaysWhenTheOtherIsGoneAgain() {
        lanes.hold(holding(ALL, ALL / 2));
        lanes.beginRound();

        lanes.hold(holding(ALL, ALL));

        assertThat(lanes.toLookAt()).as("in this round").hasSize(ALL);
        assertThat(lanes.giveUp(Set.of())).isEmpty();
        assertThat(toLookAt()).hasSize(ALL);
    }

    @Test
    void aLaneThatWentAndCameBackIsLookedAt() {
        lanes.hold(holding(ALL, ALL / 2));
        Set<Integer> given = numbers(lanes.giveUp(Set.of()));
        lanes.beginRound();

        lanes.hold(new OutboxHolding(
                IntStream.range(0, ALL)
                        .mapToObj(number -> new OutboxLane(number, given.contains(number) ? 3 : 1, ""))
                        .toList(),
                ALL));

        assertThat(numbers(lanes.toLookAt())).containsAll(given);
    }
}
