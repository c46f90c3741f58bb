package io.romancy.testkit.simulation;

/** Something happened that must not, whatever goes wrong around it. */
final class PromiseBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    PromiseBroken(String what) {
        super(what);
    }
}
