package io.romancy.engine.discovery;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;

/** A class path that promises only the services that a test names; classes come from the test itself. */
public final class ServiceFolder extends URLClassLoader {
    private final Path folder;

    public ServiceFolder(Path folder) throws IOException {
        super(new URL[] {folder.toUri().toURL()}, ServiceFolder.class.getClassLoader());
        this.folder = folder;
    }

    /** Promises providers by the names of their classes, whether these exist or not. */
    public ServiceFolder promise(Class<?> service, String... providers) throws IOException {
        Path file = folder.resolve("META-INF/services/" + service.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(providers));
        return this;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
