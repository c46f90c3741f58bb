package io.romancy.spi.error;

/**
 * A write was refused because its claim is no longer the newest of its run. Another worker runs the instance, or will; the one that sees
 * this drops its work and writes nothing more for it.
 */
public final class ClaimLostException extends RomancyException {
    private static final long serialVersionUID = 1L;

    public ClaimLostException(String message) {
        super(ErrorCode.CLAIM_LOST, message);
    }
}
