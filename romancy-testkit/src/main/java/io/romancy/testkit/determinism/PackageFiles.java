package io.romancy.testkit.determinism;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which classes a package has on the class path, in folders and jars. */
final class PackageFiles {
    private static final Pattern TESTS = Pattern.compile(".*/(test-classes|classes/\\w+/test)/.*");
    private static final String CLASS = ".class";

    private PackageFiles() {}

    /** The internal names of all classes of this package and those below; of tests too, if asked for. */
    static SortedSet<String> find(ClassLoader loader, String packageName, boolean tests) {
        String folder = packageName.replace('.', '/');
        SortedSet<String> names = new TreeSet<>();
        try {
            for (URL place : Collections.list(loader.getResources(folder))) {
                if (tests || !TESTS.matcher(place.getPath() + "/").matches()) {
                    collect(place, folder, names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be searched for package " + packageName, e);
        }
        return names;
    }

    private static void collect(URL place, String folder, SortedSet<String> names) throws IOException {
        if (place.getProtocol().equals("file")) {
            Path root = Path.of(URI.create(place.toString()));
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file ->
                                folder + "/" + root.relativize(file).toString().replace('\\', '/'))
                        .forEach(name -> add(name, folder, names));
            }
            return;
        }
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                file.stream().forEach(entry -> add(entry.getName(), folder, names));
            }
        }
    }

    private static void add(String name, String folder, SortedSet<String> names) {
        if (name.startsWith(folder + "/") && name.endsWith(CLASS)) {
            names.add(name.substring(0, name.length() - CLASS.length()));
        }
    }
}
