package io.romancy.testkit.determinism;

import java.util.Set;

/**
 * Checks the byte code of workflows for what a replay would do otherwise: clocks, chance, threads, files, networks, databases, the
 * surroundings of the process, and the services of Romancy itself. It follows the calls of each workflow, a class or a lambda, through the
 * code of the same packages, and not through the bodies of steps, compensations and activities, where all of this belongs. A static field
 * that it reads is followed to what gave it its value.
 *
 * <p>It sees what is called, not with what: a class that is handed in and hides a clock from it stays unseen, if it is of other packages. Not
 * seen either are constructors of helpers that are handed in, objects of classes, other than lambdas, that the JDK calls back, such as a
 * {@code Comparator}, {@code toString} in a concatenation of strings, and the order of iteration of {@code Set.of} and {@code Map.of}.
 * Needs {@code org.ow2.asm:asm-tree} on the class path, which the testkit does not bring.
 */
public final class Determinism {
    private Determinism() {}

    /** Fails if a workflow in these packages, or below, calls something that is not deterministic; also if there is no workflow. */
    public static void scan(String... packages) {
        allowing().scan(packages);
    }

    /** The same for workflows in these classes and in those inside of them; calls are followed through their packages. */
    public static void scan(Class<?>... classes) {
        allowing().scan(classes);
    }

    /**
     * Begins a scan that passes over what you know better: calls such as {@code java.lang.System.getProperty}, or places such as
     * {@code com.acme.Prices.lookUp}, whose code is not followed either. An asterisk at the end stands for anything.
     */
    public static DeterminismScan allowing(String... callsAndPlaces) {
        return new DeterminismScan(Set.of(callsAndPlaces));
    }
}
