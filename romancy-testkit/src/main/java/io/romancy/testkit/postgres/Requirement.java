package io.romancy.testkit.postgres;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing, the test is skipped and says so; where the environment variable
 * {@value #VARIABLE} is {@code true}, as on a build server that has installed everything, it fails.
 */
public final class Requirement {
    /** Set to {@code true} where nothing may be missing. */
    public static final String VARIABLE = "ROMANCY_TEST_REQUIRE_ALL";

    private Requirement() {}

    /**
     * Skips or fails the test unless it is there.
     *
     * @param isThere whether the machine has it
     * @param what for the reader, such as {@code PgBouncer}
     * @param remedy how to get it
     */
    public static void met(boolean isThere, String what, String remedy) {
        String missing = what + " is not on this machine. " + remedy;
        if ("true".equals(System.getenv(VARIABLE))) {
            Assertions.assertTrue(isThere, missing);
        }
        Assumptions.assumeTrue(isThere, missing);
    }
}
