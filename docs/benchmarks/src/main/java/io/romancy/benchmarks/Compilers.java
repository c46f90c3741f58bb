package io.romancy.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long the compilers of JVMs have been at work. */
@FunctionalInterface
interface Compilers {
    /** Since these JVMs began. */
    Duration busyFor() throws Exception;

    /** Those of this JVM. */
    static Duration ownBusyFor() {
        return Duration.ofMillis(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }
}
