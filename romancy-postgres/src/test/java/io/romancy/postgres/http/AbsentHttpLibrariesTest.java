package io.romancy.postgres.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.romancy.spi.error.RomancyException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A publisher that is configured and cannot be there stops the start: left out, it would leave all events lying. */
class AbsentHttpLibrariesTest {
    /** Runs in a class loader of its own. */
    public static final class Application implements Callable<String> {
        @Override
        public String call() {
            Map<String, Object> options = Map.of(
                    "romancy.database",
                    "romancy:memory:absent-http",
                    "romancy.outbox.http.url",
                    "http://localhost:1/events");
            try (var application = ApplicationContext.run(options)) {
                return "it started";
            } catch (RuntimeException | LinkageError e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    if (cause instanceof RomancyException refused) {
                        return String.valueOf(refused.getMessage());
                    }
                }
                return String.valueOf(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "micronaut-http-client, io.micronaut:micronaut-http-client",
        "micronaut-http-client-4, io.micronaut:micronaut-http-client",
        "micronaut-http, io.micronaut:micronaut-http-client",
        "cloudevents-http-basic, io.cloudevents:cloudevents-http-basic",
        "cloudevents-json-jackson, io.cloudevents:cloudevents-json-jackson",
        "cloudevents, io.cloudevents:cloudevents-",
        "nothing, it started",
    })
    void theStartIsRefused(String library, String needed) throws Exception {
        String said = without(library);

        if (library.equals("nothing")) {
            assertThat(said).isEqualTo(needed);
        } else {
            assertThat(said)
                    .startsWith("ROM-1001: Option romancy.outbox.http.url is set, but ")
                    .contains("Add " + needed)
                    .contains("or remove the option");
        }
    }

    private static String without(String library) throws Exception {
        Pattern absent = Pattern.compile(".*/" + library + "[^/]*\\.jar");
        URL[] present = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !absent.matcher(entry).matches())
                .map(AbsentHttpLibrariesTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(present, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            var application = (Callable<?>) loader.loadClass(Application.class.getName())
                    .getConstructor()
                    .newInstance();
            return (String) application.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
