package io.romancy.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.romancy.micronaut.processing.Compilation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the compiler was not told to look, the application does not start with what would silently not be durable. */
class StartChecksTest {
    @TempDir
    Path output;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    @Singleton class Shop { @Activity void right() {} @Activity static void act() {} } | it is static
                    @Singleton class Shop { @Activity @Async void act() {} } | @Async runs it on a thread
                    @Singleton class Shop { @Activity Stream<String> act() { return null; } } | it returns java.util.stream.Stream
                    @Singleton class Shop { @Activity CompletableFuture<String> act() { return null; } } | it returns java.util.concurrent.CompletableFuture
                    @Singleton class Shop { @Activity @Transactional(propagation = Propagation.REQUIRES_NEW) void act() {} } | REQUIRES_NEW
                    @Singleton class Shop { @Activity @Transactional(noRollbackFor = Error.class) void act() {} } | by noRollbackFor
                    @Singleton @Transactional(rollbackFor = Exception.class) class Shop { @Activity void act() {} } | by rollbackFor
                    @Singleton class Shop { @Activity @Transactional("archive") void act() {} } | Set romancy.datasource to 'archive'
                    @Singleton class Shop { @Activity @Compensate("gone") void act() {} } | there is no such method
                    @Singleton class Shop { @Activity(delay = "soon") void act() {} } | @Activity(delay) = 'soon' is refused
                    abstract class Base<T> { @Activity T act(T in) { return in; } } @Singleton class Shop extends Base<String> { @Activity void right() {} } | it is inherited with type parameters
                    """)
    void theApplicationDoesNotStart(String code, String reason) throws IOException {
        assertThat(new Compilation(output).withoutVisitor().errors(code)).isEmpty();
        try (var classes = new URLClassLoader(
                new URL[] {output.toUri().toURL()}, getClass().getClassLoader())) {
            assertThatThrownBy(() -> start(classes))
                    .hasStackTraceContaining(reason)
                    .hasStackTraceContaining("ROM-");
        }
    }

    private static void start(ClassLoader classes) {
        ApplicationContext.builder(classes)
                .properties(Map.of("romancy.datasource", "orders"))
                .start()
                .close();
    }
}
