package io.romancy.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final String ROOT = "io.romancy.spi.error.RomancyException";

    @Test
    void everyExceptionHasOneRoot() {
        noClasses()
                .that()
                .areNotAssignableTo(ROOT)
                .and()
                .areNotAssignableTo(Error.class)
                .and()
                .resideOutsideOfPackage(
                        "io.romancy.testkit.scenario..") // plays the application, with failures of its own
                .should()
                .beAssignableTo(Throwable.class)
                .because("one catch clause gets all of ours, each with its code; an Error is no exception")
                .check(Part.ALL);
    }

    @Test
    void nobodyRefusesWhatItsTypePromises() {
        noClasses()
                .should()
                .callConstructorWhere(target(owner(assignableTo(UnsupportedOperationException.class))))
                .because("what a storage cannot do is a capability that it does not list")
                .check(Part.ALL);
    }
}
