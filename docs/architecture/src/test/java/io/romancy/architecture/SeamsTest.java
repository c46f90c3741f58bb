package io.romancy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Time, threads and chance come into the engine through seams, so that a test can hold all three in its hand. */
class SeamsTest {

    private static final String SEAM = "io.romancy.engine.seam..";

    @Test
    void theEngineReadsTheClockThroughItsSeam() {
        reachedOnlyThroughTheSeam("read a clock", SeamsTest::readsAClock);
    }

    @Test
    void nobodyReadsTheWallClock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        Part.SPI.packages(),
                        Part.API.packages(),
                        Part.ENGINE.packages(),
                        Part.POSTGRES.packages(),
                        Part.SQLITE.packages())
                .should()
                .accessTargetWhere(DescribedPredicate.describe("read the wall clock", SeamsTest::readsTheWallClock))
                .because("the database's clock decides what is due; a worker's may be wrong by an hour")
                .check(Part.ALL);
    }

    @Test
    void theEngineSleepsThroughItsSeam() {
        reachedOnlyThroughTheSeam(
                "sleep",
                access -> isMember(access, Thread.class, "sleep") || isMember(access, TimeUnit.class, "sleep"));
    }

    @Test
    void theEngineStartsThreadsThroughItsSeam() {
        reachedOnlyThroughTheSeam("start a thread", SeamsTest::startsAThread);
    }

    @Test
    void theEngineThrowsDiceThroughItsSeam() {
        reachedOnlyThroughTheSeam("throw dice", SeamsTest::throwsDice);
    }

    private static boolean readsAClock(JavaAccess<?> access) {
        return isMember(access, System.class, "nanoTime") || readsTheWallClock(access);
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        return isMember(access, System.class, "currentTimeMillis")
                || isMember(access, Date.class, "<init>")
                || isMember(access, Clock.class, "system", "systemUTC", "systemDefaultZone", "tick", "tickMillis")
                || (access.getTargetOwner().getPackageName().equals("java.time")
                        && access.getName().equals("now"));
    }

    private static boolean startsAThread(JavaAccess<?> access) {
        return isMember(access, Thread.class, "<init>", "ofVirtual", "ofPlatform", "startVirtualThread")
                || isMember(access, Timer.class, "<init>")
                || (access.getTargetOwner().isEquivalentTo(Executors.class)
                        && access.getName().startsWith("new"));
    }

    private static boolean throwsDice(JavaAccess<?> access) {
        return isMember(access, Math.class, "random")
                || isMember(access, UUID.class, "randomUUID")
                || isMember(access, ThreadLocalRandom.class, "current")
                || (access.getTargetOwner().isAssignableTo(Random.class)
                        && access.getName().equals("<init>"));
    }

    private static boolean isMember(JavaAccess<?> access, Class<?> owner, String... names) {
        return access.getTargetOwner().isEquivalentTo(owner) && Set.of(names).contains(access.getName());
    }

    private static void reachedOnlyThroughTheSeam(String what, Predicate<JavaAccess<?>> isForbidden) {
        noClasses()
                .that()
                .resideInAPackage(Part.ENGINE.packages())
                .and()
                .resideOutsideOfPackage(SEAM)
                .should()
                .accessTargetWhere(DescribedPredicate.describe(what, isForbidden))
                .because("only " + SEAM + " may, and a test replaces that")
                .check(Part.ALL);
    }
}
