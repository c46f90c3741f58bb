package io.romancy.engine.loop;

/** Tells an Error that says the JVM lacks something now, which may come back, from one that would be thrown again. */
public final class Shortage {
    private Shortage() {}

    /** Whether the JVM was out of memory, of threads or the like. A stack overflow is the code's own. */
    public static boolean is(Throwable e) {
        return e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
    }
}
