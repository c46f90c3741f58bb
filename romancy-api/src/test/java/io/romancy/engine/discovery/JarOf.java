package io.romancy.engine.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar with one provider in it, and a loader that takes the provider's class from there. */
final class JarOf extends URLClassLoader {
    private final String provider;

    private JarOf(Path jar, String provider) throws IOException {
        super(new URL[] {jar.toUri().toURL()}, JarOf.class.getClassLoader());
        this.provider = provider;
    }

    static JarOf one(Path jar, Class<?> service, Class<?> provider) throws IOException {
        String file = provider.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out);
                InputStream bytes = JarOf.class.getClassLoader().getResourceAsStream(file)) {
            if (bytes == null) {
                throw new AssertionError("no " + file);
            }
            zip.putNextEntry(new JarEntry(file));
            bytes.transferTo(zip);
            zip.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
            zip.write(provider.getName().getBytes(StandardCharsets.UTF_8));
        }
        return new JarOf(jar, provider.getName());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : name.equals(provider) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
