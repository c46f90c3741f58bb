package io.romancy.engine.codec;

import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/** Reads what exceptions say, which are classes of strangers: what they throw themselves becomes part of the record. */
final class Messages {
    /** Enough for a message that a person reads; an exception that carries a document loses the rest. */
    static final int MAX_LENGTH = 8_192;

    private Messages() {}

    /** The message as it is recorded: bounded, storable, and without the code that its constructor puts in front again. */
    static @Nullable String bareMessage(Throwable failure) {
        String message = read(failure);
        if (message == null) {
            return null;
        }
        if (failure instanceof RomancyException ours) {
            String code = ours.code().id() + ": ";
            message = message.startsWith(code) ? message.substring(code.length()) : message;
        }
        return storable(message);
    }

    static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static @Nullable String read(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    private static String storable(String message) {
        String head = message;
        if (message.length() > MAX_LENGTH) {
            int end = Character.isHighSurrogate(message.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
            head = message.substring(0, end) + "..";
        }
        // Half of a surrogate pair has no encoding; a matched pair counts as one character here and stays.
        return head.replaceAll("\\p{Cs}", "?");
    }
}
