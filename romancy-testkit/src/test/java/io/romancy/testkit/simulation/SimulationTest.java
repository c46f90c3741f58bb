package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole systems keep their promises, whoever moves first and whatever goes wrong. */
@ExtendWith(Quiet.class)
class SimulationTest {
    private static final Map<SimulatedFault, Long> MET = new EnumMap<>(SimulatedFault.class);

    static Stream<String> scenarios() {
        return Scenarios.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsItsPromises(String scenario) {
        var report = Simulation.seeds(300).workers(3).run(Scenarios.named(scenario));

        assertThat(report.decisions()).isGreaterThan(100 * report.seeds());
        report.faults().forEach((fault, times) -> MET.merge(fault, times, Long::sum));
    }

    /** A simulation in which nothing goes wrong would pass as well. */
    @AfterAll
    static void everythingWentWrongAtSomeTime() {
        assertThat(MET).containsOnlyKeys(SimulatedFault.all());
        assertThat(MET.values()).allMatch(times -> times >= 20);
    }
}
