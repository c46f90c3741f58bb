package io.romancy.engine.replay;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.util.Map;

/**
 * Why something that a workflow asked for cannot be, as a record of its history. The workflow may catch it and take another way, so a replay
 * has to meet the same refusal at the same place, whatever the world has come to since.
 */
final class Refusal {
    private static final String CODE = "code";
    private static final String MESSAGE = "message";

    private Refusal() {}

    static Payload seal(RomancyException refusal) {
        String message = String.valueOf(refusal.getMessage());
        String prefix = refusal.code().id() + ": ";
        String bare = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return Envelope.seal(Map.of(CODE, refusal.code().name(), MESSAGE, bare), null);
    }

    /** Throws {@link IllegalArgumentException} on anything that was not sealed here. */
    static RomancyException open(StepRecord record) {
        var fields = Envelope.open(record.body()).fields();
        return new RomancyException(ErrorCode.valueOf(fields.text(CODE)), fields.text(MESSAGE));
    }
}
