package io.romancy.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the configuration reference, made of the records that are configured and of what their Javadoc says. */
final class ConfigurationReference {
    private static final Path SOURCES = Path.of("..", "..", "romancy-api", "src", "main", "java");
    private static final Pattern PREFIX =
            Pattern.compile("@ConfigurationProperties\\((\\w+)\\.PREFIX(?: \\+ \"([^\"]+)\")?\\)");
    private static final Pattern CONSTANT = Pattern.compile("String PREFIX = \"([^\"]+)\";");
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern PARAM = Pattern.compile("(?s)@param (\\w+) (.*?)(?=@param |$)");
    private static final Pattern DEFAULT = Pattern.compile("(?s)^(.*?)\\s*Default: (.*)$");

    private ConfigurationReference() {}

    /** One record. */
    private record Options(String prefix, String about, Map<String, String> told, Class<?> type) {}

    static String tables() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<Path, String> sources = files.filter(file -> file.toString().endsWith("Configuration.java"))
                    .collect(Collectors.toMap(file -> file, ConfigurationReference::text));
            Map<String, String> prefixes = new HashMap<>();
            sources.forEach((file, source) -> CONSTANT.matcher(source)
                    .results()
                    .forEach(constant -> prefixes.put(simpleName(file), constant.group(1))));
            return sources.entrySet().stream()
                    .map(source -> read(source.getKey(), source.getValue(), prefixes))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Options::prefix))
                    .map(ConfigurationReference::table)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    /** What a record lets be configured; nothing for a class, whose options are those of a library. */
    private static Optional<Options> read(Path file, String source, Map<String, String> prefixes) {
        if (!source.contains("public record ")) {
            return Optional.empty();
        }
        Matcher prefix = PREFIX.matcher(source);
        if (!prefix.find()) {
            throw new AssertionError(file + " has no prefix");
        }
        String begin = prefixes.get(prefix.group(1));
        if (begin == null) {
            throw new AssertionError(file + " names a prefix that is nowhere: " + prefix.group());
        }
        String group = Objects.requireNonNullElse(prefix.group(2), "");
        String javadoc = JAVADOC.matcher(source.substring(0, prefix.start()))
                .results()
                .map(found -> found.group(1))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(file + " has no Javadoc"));
        String text = javadoc.replaceAll("(?m)^\\s*\\* ?", "");
        int params = text.indexOf("@param");
        Map<String, String> told = new LinkedHashMap<>();
        PARAM.matcher(params < 0 ? "" : text.substring(params))
                .results()
                .forEach(param -> told.put(param.group(1), markdown(param.group(2))));
        String name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
        return Optional.of(
                new Options(begin + group, markdown(params < 0 ? text : text.substring(0, params)), told, load(name)));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ConfigurationReference.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class for " + name, e);
        }
    }

    private static String table(Options options) {
        List<String> lines = new ArrayList<>();
        lines.add("## `" + options.prefix() + "`\n");
        lines.add(options.about() + "\n");
        lines.add("| key | value | default | what it does |");
        lines.add("|---|---|---|---|");
        for (RecordComponent component : options.type().getRecordComponents()) {
            String told = options.told().get(component.getName());
            if (told == null) {
                throw new AssertionError(options.type() + " says nothing of " + component.getName());
            }
            lines.add(row(options.prefix(), component, told));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(String prefix, RecordComponent component, String told) {
        Matcher parts = DEFAULT.matcher(told);
        String what = parts.matches() ? parts.group(1) : told;
        String standard = parts.matches() ? parts.group(2) : "none";
        String key = prefix + "." + hyphenated(component.getName());
        boolean named = Map.class.isAssignableFrom(component.getType());
        return "| `" + key + (named ? ".<name>" : "") + "` | " + value(component.getType()) + " | " + standard + " | "
                + sentence(what) + " |";
    }

    private static String sentence(String text) {
        String whole = text.endsWith(".") ? text : text + ".";
        return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
    }

    private static String value(Class<?> type) {
        if (type == Duration.class) {
            return "time";
        }
        if (type == Boolean.class) {
            return "`true`, `false`";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (List.class.isAssignableFrom(type)) {
            return "list";
        }
        return Number.class.isAssignableFrom(type) ? "number" : "text";
    }

    private static String hyphenated(String name) {
        return name.replaceAll("(?<=[a-z])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String markdown(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }
}
