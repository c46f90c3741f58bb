package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.StartOptions;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a scenario throws fails its seed, also what Java has checked. */
@ExtendWith(Quiet.class)
class ScenarioFailuresTest {
    private static void asks(SimulatedWorld world) {
        world.workflow(Shops.OTHER, (ctx, nothing) -> "done");
        world.client("client", client -> client.ask(romancy -> romancy.start(Shops.OTHER, StartOptions.id("other"))));
    }

    @Test
    void whatItsArrangementThrowsFailsTheSeed() {
        var failure = new IOException("no such file");

        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    asks(world);
                    throw failure;
                }))
                .hasMessageContaining("Seed 1 failed: java.io.IOException: no such file")
                .hasCause(failure);
    }

    @Test
    void whatItsLastCheckThrowsFailsTheSeed() {
        var failure = new TimeoutException("not yet");

        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    asks(world);
                    world.afterwards(() -> {
                        throw failure;
                    });
                }))
                .hasMessageContaining("Seed 1 failed: java.util.concurrent.TimeoutException: not yet")
                .hasCause(failure);
    }

    @Test
    void whatIsNeitherAnExceptionNorAnErrorFailsTheSeed() {
        var failure = new Throwable("neither");

        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    asks(world);
                    world.afterwards(() -> sneak(failure));
                }))
                .hasMessageContaining("Seed 1 failed: java.lang.Throwable: neither")
                .hasCause(failure);
    }

    /** As libraries do that throw what they do not declare. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
