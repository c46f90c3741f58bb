package io.romancy.engine.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where classes and promises of classes come from, for people who look for a jar. */
final class Origin {
    private Origin() {}

    /** The name of the jar, or the path of the folder. */
    static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "the JDK"
                : shortName(source.getLocation().toString());
    }

    /** The jars and folders whose service files name a class that stands in this message; empty if none does. */
    static Set<String> ofPromise(Class<?> service, String message, ClassLoader loader) {
        String file = "META-INF/services/" + service.getName();
        Set<String> origins = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(file))) {
                String place = url.toString();
                if (message.contains(place) || names(url, message)) {
                    origins.add(shortName(place.substring(0, place.length() - file.length())));
                }
            }
        } catch (IOException e) {
            origins.add("unknown: " + e);
        }
        return origins;
    }

    private static boolean names(URL url, String message) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .anyMatch(name -> !name.isEmpty()
                            && Pattern.compile("(?<![\\w.$])" + Pattern.quote(name) + "(?![\\w$])")
                                    .matcher(message.replace('/', '.'))
                                    .find());
        }
    }

    private static String shortName(String url) {
        String path = url.replaceFirst("^jar:", "").replaceFirst("!/?$", "").replaceFirst("^file:", "");
        return path.endsWith(".jar") ? path.substring(path.lastIndexOf('/') + 1) : path;
    }
}
