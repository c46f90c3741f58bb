package io.romancy.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CyclesTest {

    // A part that is one flat package has no slices, and that is no fault: GuardTest sees that the parts are there.
    @ParameterizedTest
    @ValueSource(strings = {"io.romancy.(*)..", "io.romancy.engine.(*).."})
    void noCyclesBetween(String slices) {
        slices().matching(slices)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(Part.ALL);
    }
}
