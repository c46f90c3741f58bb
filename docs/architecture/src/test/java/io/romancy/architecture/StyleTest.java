package io.romancy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

class StyleTest {

    /** Written by jOOQ's generator, which knows nothing of our null marks. */
    private static final String GENERATED = "io.romancy.postgres.jooq..";

    @Test
    void everyPackageSaysWhereNullIsMeant() {
        classes()
                .that()
                .resideOutsideOfPackage(GENERATED)
                .should(new ArchCondition<>("be in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        var marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        events.add(new SimpleConditionEvent(
                                item, marked, "package of " + item.getName() + " has no @NullMarked package-info"));
                    }
                })
                .check(Part.ALL);
    }

    @Test
    void aNameSaysWhatAClassIsAndNotThatItIsOne() {
        noClasses()
                .that()
                .resideOutsideOfPackage(GENERATED)
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data)")
                .check(Part.ALL);
    }

    @Test
    void nobodyPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(Part.ALL);
    }
}
