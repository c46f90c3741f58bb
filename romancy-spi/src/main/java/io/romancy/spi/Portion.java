package io.romancy.spi;

/**
 * How much of a list goes along: at most so many, and so many bytes of them. For storages that read a list one by one and stop at the first
 * that does not fit. Used for one list, by one thread.
 */
public final class Portion {
    private final int limit;
    private final long bytes;
    private final boolean firstInAnyCase;
    private int count;
    private long sum;
    private boolean complete = true;

    private Portion(int limit, long bytes, boolean firstInAnyCase) {
        this.limit = limit;
        this.bytes = bytes;
        this.firstInAnyCase = firstInAnyCase;
    }

    /** What fits, which may be nothing. */
    public static Portion of(int limit, long bytes) {
        return new Portion(limit, bytes, false);
    }

    /** What fits, and the first one, however large. */
    public static Portion ofAtLeastOne(int limit, long bytes) {
        return new Portion(limit, bytes, true);
    }

    /** How many rows to ask for: one more than the limit, so that it shows whether there is more. */
    public int rows() {
        return limit == Integer.MAX_VALUE ? limit : limit + 1;
    }

    /** Whether the next one, of this size, still fits. After the first that does not, there is no next one. */
    public boolean takes(long size) {
        count++;
        sum += size;
        boolean fits = count <= limit && (sum <= bytes || (firstInAnyCase && count == 1));
        complete &= fits;
        return fits;
    }

    /** Whether all that was asked about did fit. */
    public boolean isComplete() {
        return complete;
    }
}
