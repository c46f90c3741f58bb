package io.romancy.spi.error;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Refusals for values that no storage could keep, thrown before anything is sent. */
public final class Check {
    /** The longest identifier that every storage keeps, in bytes of UTF-8; the width of the indexed columns. */
    public static final int MAX_NAME_BYTES = 255;

    private Check() {}

    /**
     * Returns the name if it can be an identifier: not blank, at most {@value #MAX_NAME_BYTES} bytes of UTF-8, without NUL and without
     * half a surrogate pair (which a database would replace by a question mark, silently).
     */
    public static String name(String what, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw refuse(what, value, "it is empty", "Give it a name");
        }
        text(what, value);
        if (value.length() > MAX_NAME_BYTES / 4 && value.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw refuse(what, value, "it is longer than " + MAX_NAME_BYTES + " bytes", "Shorten it");
        }
        return value;
    }

    /** Returns the text if every database can store it: no NUL, no half of a surrogate pair. */
    public static String text(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                throw refuse(what, value, "it contains NUL at index " + i, "Remove it");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else {
                    throw refuse(what, value, "it has half of a surrogate pair at index " + i, "Send whole characters");
                }
            }
        }
        return value;
    }

    private static RomancyException refuse(String what, @Nullable String value, String reason, String remedy) {
        String shown = value == null ? "null" : "'" + printable(value) + "'";
        return new RomancyException(
                ErrorCode.INVALID_ARGUMENT, what + " " + shown + " is refused: " + reason + ". " + remedy + ".");
    }

    private static String printable(String value) {
        String head = value.length() > 60 ? value.substring(0, 60) + ".." : value;
        return head.replace('\0', '?').replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
    }
}
