package io.romancy.spi.model;

/**
 * The right to run an instance, and the only one. Every claim raises the fence; a write is taken only while its fence is the newest, so a
 * worker that lost its claim, however it lost it, can write nothing more.
 *
 * @param run the number of the run's row; an id that is used again gets a new one
 * @param id the instance's id
 * @param fence the number that this claim raised the row to: by one, if nothing came since the last claim that a thread which still waits
 *     under that one does not know of. Its lower 32 bits count the claims of this run from one on, the upper ones are the storage's own
 * @param wake how many events from outside (messages, cancellation) the holder has seen; leaving RUNNING is refused while there are newer
 */
public record Claim(long run, String id, long fence, long wake) {
    /** Whether nobody held the run before. */
    public boolean isFirst() {
        return (fence & 0xFFFF_FFFFL) == 1;
    }

    /** The same claim after the holder looked again. */
    public Claim seen(long newWake) {
        return new Claim(run, id, fence, newWake);
    }
}
