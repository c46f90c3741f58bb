package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link SimulationTest} for a night, or for as many seeds as {@code -Dromancy.simulation.seeds} says. */
@Tag("soak")
@ExtendWith(Quiet.class)
class SimulationSoakTest {
    static Stream<String> scenarios() {
        return Scenarios.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void keepsItsPromisesForLong(String scenario) {
        var report = Simulation.seeds(20_000).workers(3).run(Scenarios.named(scenario));

        assertThat(report.faults()).containsOnlyKeys(SimulatedFault.all());
    }
}
