package io.romancy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may see whom. */
class WallsTest {

    private static final String[] MICRONAUT_ANNOTATIONS = {
        "io.micronaut.context.annotation..", "io.micronaut.aop..", "io.micronaut.core.annotation.."
    };

    @Test
    void theSpiSeesOnlyTheJdkAndAnnotations() {
        classes()
                .that()
                .resideInAPackage(Part.SPI.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Part.SPI.packages(), "java..", "org.jspecify.annotations..")
                .because("third parties implement it, and whatever it needs they all need")
                .check(Part.ALL);
    }

    @Test
    void theApiNeverSeesWhatImplementsIt() {
        noClasses()
                .that()
                .resideInAPackage(Part.API.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Part.ENGINE.packages(), Part.MICRONAUT.packages())
                .because("the engine is found by ServiceLoader, so that it can be replaced and tested apart")
                .check(Part.ALL);
    }

    @Test
    void theApiKnowsOnlyAnnotationsOfMicronaut() {
        noClasses()
                .that()
                .resideInAPackage(Part.API.packages())
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.micronaut..").and(not(resideInAnyPackage(MICRONAUT_ANNOTATIONS))))
                .because("it works without Micronaut: an annotation that is missing at run time is no error")
                .check(Part.ALL);
    }

    @Test
    void theEngineSeesNeitherMicronautNorADatabase() {
        noClasses()
                .that()
                .resideInAPackage(Part.ENGINE.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Part.MICRONAUT.packages(), "io.micronaut..", "org.jooq..", "java.sql..", "javax.sql..")
                .because("it drives any storage, and a transaction of the application reaches it as an opaque value")
                .check(Part.ALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "ENGINE", "MICRONAUT", "TESTKIT"})
    void seesNoStorage(Part part) {
        noClasses()
                .that()
                .resideInAPackage(part.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Part.POSTGRES.packages(),
                        Part.SQLITE.packages(),
                        "org.jooq..",
                        "org.sqlite..",
                        "org.flywaydb..")
                .because("storages are picked by ServiceLoader")
                .check(Part.ALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "ENGINE", "MICRONAUT"})
    void seesNeitherAJdbcDriverNorTheTestkit(Part part) {
        noClasses()
                .that()
                .resideInAPackage(part.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Part.TESTKIT.packages(), "org.postgresql..")
                .because("the application chooses its driver, and tests stay out of production")
                .check(Part.ALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "SQLITE"})
    void ofRomancyAStorageSeesOnlyTheSpi(Part storage) {
        noClasses()
                .that()
                .resideInAPackage(storage.packages())
                .should()
                .dependOnClassesThat(resideInAPackage("io.romancy..")
                        .and(not(resideInAnyPackage(Part.SPI.packages(), storage.packages()))))
                .because("a third party can write a storage with no more than that")
                .check(Part.ALL);
    }
}
