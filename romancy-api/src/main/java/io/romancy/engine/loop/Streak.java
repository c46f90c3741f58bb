package io.romancy.engine.loop;

/**
 * Whether to speak of failures in a row: of the first, and of the success that ends them, once a minute where they come and go. For one
 * thread.
 */
public final class Streak {
    private final Seldom seldom = new Seldom();
    private boolean isTold;

    /** Whether to speak of this failure, which is so manieth in a row. */
    public boolean tellsFailure(int inARow, long nanoTime) {
        boolean tells = inARow == 1 && seldom.now(nanoTime);
        isTold |= tells;
        return tells;
    }

    /** Whether to speak of this success: it ends a streak whose beginning was told. */
    public boolean tellsSuccess() {
        boolean tells = isTold;
        isTold = false;
        return tells;
    }

    /** How many beginnings were held back, as the end of a log line. */
    public String heldBack() {
        return seldom.heldBack();
    }
}
