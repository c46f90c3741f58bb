package io.romancy.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * A part of the house that has walls of its own, with the number of classes that it has at least.
 *
 * <p>The numbers keep the rules honest: a rule over classes that nobody found is always green. Raise a number when its part
 * grows, to about three quarters of what is there. A part with zero does not exist yet, and only then may a rule find nothing.
 */
enum Part {
    SPI("io.romancy.spi", 70),
    API("io.romancy.api", 50),
    ENGINE("io.romancy.engine", 160),
    MICRONAUT("io.romancy.micronaut", 60),
    TESTKIT("io.romancy.testkit", 200),
    POSTGRES("io.romancy.postgres", 60),
    SQLITE("io.romancy.sqlite", 40);

    /** Main classes of all modules, as they lie on the class path; the tests in this module are not among them. */
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.romancy");

    private final String root;
    private final int atLeast;

    Part(String root, int atLeast) {
        this.root = root;
        this.atLeast = atLeast;
    }

    /** The part's packages in ArchUnit's notation. */
    String packages() {
        return root + "..";
    }

    int atLeast() {
        return atLeast;
    }

    /** The part's classes; {@code package-info} counts, classes that a compiler or processor made up do not. */
    JavaClasses classes() {
        return ALL.that(DescribedPredicate.describe("in " + root, this::contains));
    }

    private boolean contains(JavaClass candidate) {
        var name = candidate.getPackageName();
        return (name.equals(root) || name.startsWith(root + "."))
                && !candidate.getSimpleName().contains("$");
    }
}
