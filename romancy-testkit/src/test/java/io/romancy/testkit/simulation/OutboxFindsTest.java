package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.Storage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;

/** What is wrong in an outbox comes to light within some hundred seeds, and says what it is. */
@ExtendWith(Quiet.class)
class OutboxFindsTest {
    private static final int SEEDS = 300;

    @Test
    void anEventThatOvertakesOneToBeTriedAgain() {
        finds(() -> BrokenOutboxes::overtaking)
                .hasMessageContaining("was handed event evt_")
                .hasMessageContaining("which was committed first, is not through");
    }

    @Test
    void theNewestEventOfAKeyInThePlaceOfTheOldest() {
        // by the schedule, it is too early or comes a second time
        finds(() -> BrokenOutboxes::handingOutTheNewest)
                .message()
                .contains("was handed event evt_")
                .containsAnyOf("which was committed first, is not through", "which is through");
    }

    @Test
    void anEventThatIsLost() {
        finds(() -> BrokenOutboxes::losing).hasMessageContaining("was committed, and nobody published it");
    }

    @Test
    void whatSomebodySaysWhoLostTheLane() {
        finds(BrokenOutboxes::ignoringFences, SimulatedFault.PAUSE, SimulatedFault.SLOW_STORAGE)
                .hasMessageContaining("its own to record");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> finds(
            Supplier<UnaryOperator<Storage>> broken, SimulatedFault... faults) {
        return assertThatThrownBy(() -> {
                    for (int seed = 1; seed <= SEEDS; seed++) {
                        Simulation.seed(seed)
                                .workers(3)
                                .faults(faults)
                                .storage(broken.get())
                                .run(Scenarios.named("warehouse"));
                    }
                })
                .isInstanceOf(AssertionFailedError.class);
    }
}
