package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application does not have costs it nothing, and is missed nowhere. */
class AbsentLibrariesTest {
    private static final String WEB =
            "micronaut-management|micronaut-http|micronaut-router|micronaut-core-reactive|reactor|reactive-streams";

    /** Runs in a class loader of its own. */
    public static final class Application implements Callable<String> {
        @Override
        public String call() {
            try (var app = new App(App.options(App.database()))) {
                var handle = app.romancy().start(SelfCalling.class, 4);
                handle.send(Greeting.GO, "go");
                return handle.result(Duration.ofSeconds(60)) + " "
                        + app.context().getBeanDefinitions(Object.class).stream()
                                .map(definition -> definition.getBeanType().getName())
                                .filter(name ->
                                        name.matches("io\\.romancy\\.micronaut\\.(health|metrics|tracing)\\..*"))
                                .count();
            }
        }
    }

    @Test
    void allOfThemAreThereHere() throws Exception {
        assertThat(new Application().call())
                .as("health and meters; spans need a bean of OpenTelemetry")
                .isEqualTo("16 2");
    }

    @ParameterizedTest
    @CsvSource({
        WEB + ", 1",
        "micrometer, 1",
        "opentelemetry, 2",
        WEB + "|micrometer|opentelemetry, 0",
    })
    void runsWithout(String libraries, int beans) throws Exception {
        Pattern absent = Pattern.compile(".*/(" + libraries + ")[^/]*\\.jar");
        URL[] present = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !absent.matcher(entry).matches())
                .map(AbsentLibrariesTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(present, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            var application = (Callable<?>) loader.loadClass(Application.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThat((String) application.call()).isEqualTo("16 " + beans);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            URI uri = Path.of(entry).toUri();
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
