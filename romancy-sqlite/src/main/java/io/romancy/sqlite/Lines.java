package io.romancy.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short lists of texts in one column, a line for each, readable in a database console. A line feed in a text is escaped. */
final class Lines {
    private Lines() {}

    static String join(Collection<String> texts) {
        return texts.stream().map(Lines::escape).collect(Collectors.joining("\n"));
    }

    /** Reads what {@link #join} wrote of texts of which none was empty; null is the empty list. */
    static List<String> split(@Nullable String lines) {
        if (lines == null || lines.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        int from = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
            texts.add(unescape(lines.substring(from, end)));
            from = end + 1;
        }
        texts.add(unescape(lines.substring(from)));
        return texts;
    }

    /** Keys and values in turn; null for an empty map. */
    static @Nullable String ofMap(Map<String, String> map) {
        if (map.isEmpty()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        map.forEach((key, value) -> {
            texts.add(key);
            texts.add(value);
        });
        return join(texts);
    }

    /** Reads what {@link #ofMap} wrote; keys and values may be empty. */
    static Map<String, String> toMap(@Nullable String lines) {
        if (lines == null) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        String[] texts = lines.split("\n", -1);
        for (int i = 0; i + 1 < texts.length; i += 2) {
            map.put(unescape(texts[i]), unescape(texts[i + 1]));
        }
        return map;
    }

    private static String escape(String text) {
        return text.indexOf('\\') < 0 && text.indexOf('\n') < 0
                ? text
                : text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
                text.append(line.charAt(i) == 'n' ? '\n' : '\\');
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
