package io.romancy.micronaut.processing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** One run of {@code javac} with the processors of an application. */
public final class Compilation {
    private static final String IMPORTS = """
            package shop;
            import io.micronaut.context.annotation.*;
            import io.micronaut.scheduling.annotation.Async;
            import io.micronaut.transaction.annotation.Transactional;
            import io.micronaut.transaction.TransactionDefinition.Propagation;
            import io.romancy.api.*;
            import io.romancy.api.activity.*;
            import jakarta.inject.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.stream.*;
            """;

    private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    private final Path output;
    private final List<String> options = new ArrayList<>();
    private String processors = System.getProperty("java.class.path");

    public Compilation(Path output) {
        this.output = output;
    }

    Compilation with(String option) {
        options.add(option);
        return this;
    }

    /** As an application that has Micronaut's processor and not our jar on the path of its processors. */
    public Compilation withoutVisitor() {
        processors = SEPARATOR
                .splitAsStream(processors)
                .filter(entry -> !Files.exists(
                        Path.of(entry).resolve("io/romancy/micronaut/processing/DurabilityVisitor.class")))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** The errors of these classes, which stand in one file. */
    public List<String> errors(String code) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        String classPath = System.getProperty("java.class.path");
        List<String> all =
                new ArrayList<>(List.of("-proc:full", "-classpath", classPath, "-processorpath", processors));
        all.addAll(options);
        try (var standard = compiler.getStandardFileManager(found, Locale.ROOT, null);
                var processing = new URLClassLoader(urls(processors), new CompilerOnly())) {
            standard.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            var files = new ForwardingJavaFileManager<JavaFileManager>(standard) {
                @Override
                public ClassLoader getClassLoader(Location location) {
                    return location == StandardLocation.ANNOTATION_PROCESSOR_PATH
                            ? processing
                            : super.getClassLoader(location);
                }
            };
            compiler.getTask(null, files, found, all, null, List.of(source(IMPORTS + code)))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    /** What a processor sees beside its own path: in this process javac would show it all that the test sees. */
    private static final class CompilerOnly extends ClassLoader {
        CompilerOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.sun.")) {
                return ClassLoader.getSystemClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private static URL[] urls(String path) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : SEPARATOR.splitAsStream(path).toList()) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static JavaFileObject source(String code) {
        return new SimpleJavaFileObject(URI.create("string:///shop/All.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
