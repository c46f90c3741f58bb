package io.romancy.engine.replay;

/** Lets a failure out as it is: a step's failure keeps its type, and a workflow's {@code run} may throw anything. */
final class Sneaky {
    private Sneaky() {}

    static RuntimeException asIs(Throwable failure) {
        return Sneaky.<RuntimeException>cast(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is the purpose, and erased
    private static <X extends Throwable> X cast(Throwable failure) throws X {
        throw (X) failure;
    }
}
