package io.romancy.spi.notification;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object of plain values; nested ones are passed over, to a bounded depth, so that later senders may add them. */
final class FlatJsonReader {
    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;

    FlatJsonReader(String text) {
        this.text = text;
    }

    Map<String, Object> object() {
        Map<String, Object> fields = members(0);
        space();
        if (at != text.length()) {
            throw wrong("the end");
        }
        return fields;
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        expect('{');
        if (take('}')) {
            return fields;
        }
        do {
            space();
            String name = string();
            expect(':');
            Object value = value(depth + 1);
            if (value != null) {
                fields.put(name, value);
            } else {
                fields.remove(name);
            }
        } while (take(','));
        expect('}');
        return fields;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("less than " + MAX_DEPTH + " levels");
        }
        space();
        return switch (peek()) {
            case '"' -> string();
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Object elements(int depth) {
        expect('[');
        if (!take(']')) {
            do {
                value(depth + 1);
            } while (take(','));
            expect(']');
        }
        return Map.of();
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException notWhole) {
            try {
                return Double.valueOf(digits);
            } catch (NumberFormatException notANumber) {
                at = start;
                throw wrong("a value");
            }
        }
    }

    private String string() {
        if (peek() != '"') {
            throw wrong("a text");
        }
        at++;
        var out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < 0x20) {
                at--;
                throw wrong("an escaped control character");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("four hex digits");
                }
                at += 4;
                try {
                    yield (char) HexFormat.fromHexDigits(text, at - 4, at);
                } catch (IllegalArgumentException notHex) {
                    throw wrong("four hex digits");
                }
            }
            default -> throw wrong("an escape");
        };
    }

    private void expect(char c) {
        space();
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private boolean take(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "expected " + expected + " at " + at + " of " + text.length() + " characters");
    }
}
