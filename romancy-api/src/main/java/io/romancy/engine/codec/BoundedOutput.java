package io.romancy.engine.codec;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;

/** Bytes up to a limit; beyond it the writing ends at once, before the memory does. */
final class BoundedOutput extends ByteArrayOutputStream {
    private final int limit;
    private final Type type;
    private boolean exceeded;

    BoundedOutput(int limit, Type type) {
        super(512);
        this.limit = limit;
        this.type = type;
    }

    @Override
    public synchronized void write(int b) {
        makeSureOf(1);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        makeSureOf(length);
        super.write(bytes, offset, length);
    }

    /** Whether the limit was met; whoever wrote may have wrapped the refusal. */
    boolean exceeded() {
        return exceeded;
    }

    RomancyException refusal() {
        return new RomancyException(
                ErrorCode.TOO_LARGE,
                "A value of type " + type.getTypeName() + " is refused: encoded it is larger than " + limit
                        + " bytes. Store it elsewhere and keep a reference, or raise maxPayloadBytes.");
    }

    private void makeSureOf(int more) {
        if (more > limit - count) {
            exceeded = true;
            throw refusal();
        }
    }
}
