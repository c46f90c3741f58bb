package io.romancy.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class engines and a database of its own, as a parameter of type {@link TestRomancy}. What the engines run is said by
 * a method with {@link EngineSetup}. Every test runs once for each storage. A constructor and a method with {@code @BeforeAll} cannot have the
 * parameter: they are not of one test.
 *
 * <p>Beside {@code @MicronautTest} the workers are those of the application under test, by default the one that it has itself: its datasource
 * and its engines get the database, and a {@link TestRomancy} is a bean. The tests of the class share both, on one storage, and
 * {@code transactional = false} is needed. After each test all of its workers live.
 *
 * <p>Do not put it on a nested class of a class that has it: the nested ones take part by themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClassTemplate
@ExtendWith(RomancyExtension.class)
public @interface RomancyTest {
    /**
     * On what: {@code memory}, {@code sqlite}, {@code postgres}; the module of a real storage must be on the class path. Beside
     * {@code @MicronautTest} memory is for an application without a datasource: it gives none, and one of the application keeps the URL that
     * its configuration names.
     */
    String[] storage() default "memory";

    /** Beside {@code @MicronautTest}: the datasource of the application that is to be this database. */
    String datasource() default "default";

    /** How many engines share the database. */
    int workers() default 1;

    /**
     * Whether a workflow leaves its thread at every wait and is replayed after it. So state that is kept outside the history (a static, a
     * mutated argument, a thread-local) fails the first test, and not the first crash.
     */
    boolean replayAlways() default true;
}
