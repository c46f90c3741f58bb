package io.romancy.spi.notification;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the payloads of notifications: one JSON object whose values are texts and whole numbers. By hand, because the SPI has
 * no dependencies; small, because hints carry ids only. Fields that nobody asks for are ignored, also when their values are of other kinds.
 */
public final class FlatJson {
    private FlatJson() {}

    /** Writes the fields in the map's order; values are {@code CharSequence} or whole {@code Number}. */
    public static String write(Map<String, ?> fields) {
        var out = new StringBuilder(64).append('{');
        fields.forEach((name, value) -> {
            if (out.length() > 1) {
                out.append(',');
            }
            quote(out, name);
            out.append(':');
            if (value instanceof Number number) {
                out.append(number.longValue());
            } else {
                quote(out, value.toString());
            }
        });
        return out.append('}').toString();
    }

    /** Reads one object; throws {@link IllegalArgumentException}, with the position, on anything else. */
    public static Fields read(String text) {
        return new Fields(new FlatJsonReader(text).object());
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** The fields of an object that was read. */
    public static final class Fields {
        private final Map<String, Object> values;

        private Fields(Map<String, Object> values) {
            this.values = values;
        }

        /** A field that must be there and be a text. */
        public String text(String name) {
            String value = textOrNull(name);
            if (value == null) {
                throw new IllegalArgumentException("no text in field '" + name + "'");
            }
            return value;
        }

        /** A field that may be missing or null, and is a text otherwise. */
        public @Nullable String textOrNull(String name) {
            Object value = values.get(name);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw new IllegalArgumentException("no text in field '" + name + "' but " + value);
        }

        /** A field that must be there and be a whole number. */
        public long number(String name) {
            if (values.get(name) instanceof Long value) {
                return value;
            }
            throw new IllegalArgumentException("no whole number in field '" + name + "'");
        }

        /** All fields that are texts, in their order. */
        public Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            values.forEach((name, value) -> {
                if (value instanceof String text) {
                    texts.put(name, text);
                }
            });
            return texts;
        }
    }
}
